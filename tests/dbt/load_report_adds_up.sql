-- Rows read = kept + superseded + quarantined, with every part counted by itself: kept in staging, superseded as what
-- the accepted rows have beyond their distinct keys, quarantined in the quarantine.
with
    load_report as (select * from {{ ref("load_report") }}),

    quarantined as (
        select system, table_name, count(*) as rows_quarantined
        from {{ source("raw", "quarantine") }}
        group by system, table_name
    ),

    counted as (
        {% for table in extract_tables() %}
            {%- set system, name = table.split("__") %}
            select
                '{{ system }}' as system,
                '{{ name }}' as table_name,
                (select count(*) from {{ source("raw", table) }}) as rows_accepted,
                {{ count_keys(source("raw", table), key_of("stg_" ~ table)) }} as accepted_keys,
                (select count(*) from {{ ref("stg_" ~ table) }}) as rows_kept
                {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    final as (
        select
            counted.*,
            coalesce(quarantined.rows_quarantined, 0) as rows_quarantined,
            load_report.rows_read,
            load_report.rows_kept as reported_kept,
            load_report.rows_superseded as reported_superseded,
            load_report.rows_quarantined as reported_quarantined
        from counted
        left join load_report on load_report.system = counted.system and load_report.table_name = counted.table_name
        left join quarantined on quarantined.system = counted.system and quarantined.table_name = counted.table_name
    )

select *
from final
where
    rows_read is null
    or rows_read <> rows_kept + (rows_accepted - accepted_keys) + rows_quarantined
    or reported_kept <> rows_kept
    or reported_superseded <> rows_accepted - accepted_keys
    or reported_quarantined <> rows_quarantined
