{#- Stamps that a document of a return lacks: how many documents there are, and of those without the stamp how many
    belong to returns that are over (missing) and how many to open ones (not yet). -#}
{% macro missing_stamps(events, cases) -%}
    with
        documents as (
            select 'inspection completed' as stamp, return_id, completed_at is null as is_lacking
            from returns.inspections
            where started_at is not null
            union all
            select 'inspection started', return_id, started_at is null
            from returns.inspections
            where completed_at is not null
            union all
            select 'disposition executed', return_id, executed_at is null
            from returns.dispositions
            union all
            select 'credit posted', return_id, posted_at is null
            from returns.credit_memos
            where cancelled_at is null
            union all
            select 'replacement shipped', return_id, shipped_at is null
            from returns.replacement_orders
            union all
            select 'receipt posted', receipts.return_id, postings.receipt_id is null
            from returns.receipts as receipts
            left join
                (
                    select receipt_id from returns.stock_postings where posted_at is not null group by receipt_id
                ) as postings
                on postings.receipt_id = receipts.receipt_id
        )

    select
        documents.stamp,
        count(*) as documents,
        count(case when documents.is_lacking and not log_cases.is_open then 1 end) as missing,
        count(case when documents.is_lacking and log_cases.is_open then 1 end) as not_yet
    from documents
    inner join {{ cases }} as log_cases on log_cases.case_id = documents.return_id
    group by documents.stamp
    order by documents.stamp
{%- endmacro %}

{#- What KPIs could be, given that a date without a time stands for the whole working day: of each item the business
    days by its stamps, and the least and most they can be. -#}
{% macro kpi_bounds(events, cases) -%}
    with
        marked as (
            select
                events.case_id,
                events.activity,
                events.event_at,
                events.business_micros as micros,
                case
                    when events.ts_precision = 'day'
                    then coalesce(days.open_micros_before, events.business_micros)
                    else events.business_micros
                end as least_micros
            from {{ events }} as events
            left join
                staging.business_days as days
                on events.ts_precision = 'day'
                and days.entity_id = events.entity_id
                and days.local_date = events.local_date
            left join
                returns.credit_memos as memos
                on events.activity = 'Credit Posted'
                and memos.source_key = events.source_key
            where
                events.activity
                in ('Return Requested', 'RMA Created', 'Return Closed', 'Goods Received', 'Disposition Decided')
                or (events.activity = 'Credit Posted' and memos.is_effective)
        ),

        marks as (
            select
                case_id,
                {% for name, activities in {
                    "requested": ["Return Requested", "RMA Created"],
                    "received": ["Goods Received"],
                    "decided": ["Disposition Decided"],
                    "credited": ["Credit Posted"],
                }.items() %}
                    {%- set condition = "activity in ('" ~ activities | join("', '") ~ "')" %}
                    min(case when {{ condition }} then event_at end) as {{ name }}_at,
                    min(case when {{ condition }} then micros end) as {{ name }},
                    min(case when {{ condition }} then least_micros end) as {{ name }}_least,
                {% endfor %}
                max(case when activity = 'Return Closed' then micros end) as closed,
                max(case when activity = 'Return Closed' then least_micros end) as closed_least
            from marked
            group by case_id
        ),

        items as (
            {% for kpi, ends in {
                "cycle_time_days": ["requested", "closed", "log_cases.is_closed"],
                "credit_lag_days": ["received", "credited", "marks.credited_at >= marks.received_at"],
                "decision_to_credit_days": ["decided", "credited", "marks.credited_at >= marks.decided_at"],
            }.items() %}
                select
                    '{{ kpi }}' as kpi,
                    log_cases.standard_day_seconds * 1000000 as day_micros,
                    greatest(marks.{{ ends[1] }} - marks.{{ ends[0] }}, 0) as micros,
                    greatest(marks.{{ ends[1] }}_least - marks.{{ ends[0] }}, 0) as least_micros,
                    greatest(marks.{{ ends[1] }} - marks.{{ ends[0] }}_least, 0) as most_micros
                from marks
                inner join {{ cases }} as log_cases on log_cases.case_id = marks.case_id
                where
                    {{ ends[2] }}
                    and marks.{{ ends[1] }} - marks.{{ ends[0] }} is not null
                    and log_cases.standard_day_seconds is not null
                    {{ "union all" if not loop.last }}
            {% endfor %}
        )

    select
        kpi,
        count(*) as items,
        count(case when most_micros > least_micros then 1 end) as uncertain,
        {%- for name in ["micros", "least_micros", "most_micros"] %}
            avg({{ name }} / day_micros) as mean_{{ name }},
            percentile_cont(0.5) within group (
                order by {{ name }} / day_micros
            ) as median_{{ name }} {{ "," if not loop.last }}
        {%- endfor %}
    from items
    group by kpi
    order by kpi
{%- endmacro %}
