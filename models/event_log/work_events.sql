with
    work as ({{ events_of_work(ref("events"), ref("cases"), ref("activities"), ref("stages")) }}),

    final as (
        select
            case_id,
            case_position,
            activity,
            event_at,
            business_micros,
            department,
            source_system,
            next_activity,
            next_event_at,
            next_business_micros,
            next_department,
            next_source_system
        from work
    )

select *
from final
