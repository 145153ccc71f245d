{{ config(materialized="view") }}
{#- The event log. Ids take most of what an event takes to keep and few questions ask for them: they are put together
    when they are read. -#}
select source_system || '.' || source_table || ':' || source_key || ':' || activity as event_id, ordered.*
from {{ ref("int_events_ordered") }} as ordered
