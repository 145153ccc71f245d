{#- Rework that the returns domain names, by the signals of the rework rate, each with the time it took: a return
    reopened, until it is closed again; information requested after the RMA was created, until the next answer; a
    credit cancelled, since its memo was created; a receipt inspected again, since the inspection before. What has not
    ended yet takes no time. -#}
{% macro returns_rework(events, cases, value) -%}
    {%- set clocks = {"at": "event_at", "micros": "business_micros"} %}
    with
        told as (
            select
                case_id,
                activity,
                event_at,
                business_micros,
                {% for suffix, clock in clocks.items() %}
                    min(case when activity = 'Return Closed' then {{ clock }} end) over later as closed_{{ suffix }},
                    min(case when activity = 'Information Received' then {{ clock }} end) over later
                    as answered_{{ suffix }},
                    min(case when activity = 'Credit Memo Created' then {{ clock }} end) over document
                    as credited_{{ suffix }},
                    lag({{ clock }}) over same_goods as inspected_{{ suffix }},
                {% endfor %}
                min(case when activity = 'RMA Created' then event_at end) over (partition by case_id) as rma_created_at,
                lag(case_position) over same_goods is not null as is_repeated
            from {{ events }}
            where
                activity in (
                    'RMA Created',
                    'Return Closed',
                    'Return Reopened',
                    'Information Requested',
                    'Information Received',
                    'Credit Memo Created',
                    'Credit Cancelled',
                    'Inspection Completed'
                )
            window
                later as (partition by case_id order by case_position rows between 1 following and unbounded following),
                document as (partition by case_id, source_key),
                same_goods as (partition by case_id, activity, receipt_id order by case_position)
        ),

        signals as (
            select
                case_id,
                'reopened' as kind,
                {{ micros_between("event_at", "closed_at") }} as micros,
                closed_micros - business_micros as business_micros
            from told
            where activity = 'Return Reopened'
            union all
            select
                case_id,
                'information requested late',
                {{ micros_between("event_at", "answered_at") }},
                answered_micros - business_micros
            from told
            where activity = 'Information Requested' and event_at > rma_created_at
            union all
            select
                case_id,
                'credit cancelled',
                {{ micros_between("credited_at", "event_at") }},
                business_micros - credited_micros
            from told
            where activity = 'Credit Cancelled'
            union all
            select
                case_id,
                'inspected again',
                {{ micros_between("inspected_at", "event_at") }},
                business_micros - inspected_micros
            from told
            where activity = 'Inspection Completed' and is_repeated
        ),

        valued as ({{ valued_rework("signals", cases, value) }})

    select kind, count(micros) as ended, {{ rework_columns() }}
    from valued
    group by kind
    order by occurrences desc, kind
{%- endmacro %}
