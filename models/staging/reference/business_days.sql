{#- Cumulative open time makes any business duration two look-ups and a subtraction. -#}
with
    days as ({{ dbt.date_spine("day", "cast('1999-12-31' as date)", "cast('2090-01-02' as date)") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),
    calendars as (select * from {{ ref("stg_reference__calendars") }}),
    holidays as (select * from {{ ref("stg_reference__holidays") }}),

    hours as (
        select
            clocks.entity_id,
            cast(days.date_day as date) as local_date,
            {{
                local_to_utc(
                    add_minutes("cast(days.date_day as timestamp)", "calendars.opens_minute"),
                    "clocks.time_zone",
                )
            }} as opens_at,
            {{
                local_to_utc(
                    add_minutes("cast(days.date_day as timestamp)", "calendars.closes_minute"),
                    "clocks.time_zone",
                )
            }} as closes_at,
            holidays.holiday_date is null as is_working_day
        from clocks
        cross join days
        left join
            calendars
            on calendars.calendar_id = clocks.calendar_id
            and calendars.weekday = {{ iso_weekday("cast(days.date_day as date)") }}
        left join
            holidays
            on holidays.calendar_id = clocks.calendar_id
            and holidays.holiday_date = cast(days.date_day as date)
        where clocks.standard_day_seconds is not null
    ),

    opened as (
        select
            entity_id,
            local_date,
            case when is_working_day and closes_at > opens_at then opens_at end as opens_at,
            case
                when is_working_day and closes_at > opens_at then {{ micros_between("opens_at", "closes_at") }} else 0
            end as open_micros
        from hours
    ),

    final as (
        select
            entity_id,
            local_date,
            opens_at,
            open_micros,
            coalesce(
                sum(open_micros) over (
                    partition by entity_id order by local_date rows between unbounded preceding and 1 preceding
                ),
                0
            ) as open_micros_before
        from opened
    )

select entity_id, local_date, opens_at, open_micros, cast(open_micros_before as bigint) as open_micros_before
from final
