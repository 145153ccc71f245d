{#- The minute within which events count as concurrent is that of mining.variants. -#}
with
    technical as (
        select activities.activity
        from {{ ref("activities") }} as activities
        inner join {{ ref("stages") }} as stages on stages.stage = activities.stage
        where stages.flow = 'technical'
        group by activities.activity
    ),

    final as ({{ normalised_paths(ref("events"), ref("cases"), "activity_rank", "technical", "60000000") }})

select case_id, variant_id, variant
from final
