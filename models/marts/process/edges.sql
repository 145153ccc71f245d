with
    events as (select * from {{ ref("events") }} where next_activity is not null),

    steps as (
        select
            case_id,
            activity,
            next_activity,
            {{ micros_between("event_at", "next_event_at") }} / 1000000.0 as seconds,
            cast((next_business_micros - business_micros) / 1000000.0 as double) as business_seconds,
            {{ micros_between("event_at", "next_event_at") }} as micros,
            next_business_micros - business_micros as waited_micros
        from events
    ),

    final as (
        select
            activity,
            next_activity,
            count(*) as frequency,
            count(distinct case_id) as cases,
            cast(sum(micros) as double) / count(*) / 1000000 as mean_seconds,
            percentile_cont(0.5) within group (order by cast(seconds as double)) as median_seconds,
            cast(sum(waited_micros) as double) / count(waited_micros) / 1000000 as mean_business_seconds,
            percentile_cont(0.5) within group (order by business_seconds) as median_business_seconds
        from steps
        group by activity, next_activity
    )

select *
from final
