{#- Conditions on a row of `cases`, one macro for each rule of a cohort: true or false, never null. `events` and `cases`
    are the relations that reach the step; values are names of parameters, `open_` says whether a case has no end yet. -#}
{% macro cohort_members(cases, condition) -%}
    select cases.case_id from {{ cases }} as cases where {{ condition }}
{%- endmacro %}

{#- The rows of a relation that belong to chosen cases. -#}
{% macro cohort_of(relation, members) -%}
    (select * from {{ relation }} where case_id in (select case_id from {{ members }}))
{%- endmacro %}

{#- Cases, and open ones among them; `events` are not read. -#}
{% macro cohort_counts(events, cases) -%}
    select count(*), count(*) filter (where is_open) from {{ cases }} as cases
{%- endmacro %}

{% macro cohort_period(mode, start, end, zone, open_) -%}
    {%- set begins = local_date("cases.started_at", zone) -%}
    {%- set ends = local_date("cases.ended_at", zone) -%}
    {%- set low = {"contained": begins, "intersecting": ends, "started": begins, "completed": ends}[mode] -%}
    {%- set high = {"contained": ends, "intersecting": begins, "started": begins, "completed": ends}[mode] -%}
    (
        {{ "not " ~ open_ if mode in ["contained", "completed"] else "true" }}
        {% if start %} and ({{ low }} >= {{ start }} {{ "or " ~ open_ if mode == "intersecting" else "" }}) {% endif %}
        {% if end %} and {{ high }} < {{ end }} {% endif %}
    )
{%- endmacro %}

{% macro cohort_attribute(column, values, with_null, keep) -%}
    {{ "" if keep else "not " }} (
        {% if values %}coalesce({{ column }} in ({{ values | join(", ") }}), false)
        {% else %}false
        {% endif %}
        {% if with_null %} or {{ column }} is null {% endif %}
    )
{%- endmacro %}

{#- Micros of the cycle, of all waits or of the longest wait of each case, beside the micros of its day. `milestones`
    says whether `cases` know when they were requested and closed. -#}
{% macro cohort_spans(events, cases, measure, business, milestones, open_) -%}
    {%- if measure == "longest_wait" -%}
        {%- set wait = (
            "next_business_micros - business_micros"
            if business
            else micros_between("event_at", "next_event_at")
        ) -%}
        {%- set measured = "coalesce(max(" ~ wait ~ "), 0)" -%}
    {%- else -%} {%- set measured = "max(business_micros) - min(business_micros)" if business else none -%}
    {%- endif -%}
    {%- if business -%}
        {%- set measured = "case when count(business_micros) = count(*) then " ~ measured ~ " end" -%}
    {%- endif -%}
    {%- set whole = "measured.micros" if measured else micros_between("cases.started_at", "cases.ended_at") -%}
    {%- set closed = (
        "cases.closed_micros - cases.requested_micros"
        if business
        else micros_between("cases.requested_at", "cases.closed_at")
    ) -%}
    select
        cases.case_id,
        {% if measure == "cycle_time" and milestones %} case when cases.is_closed then {{ closed }} else {{ whole }} end
        {% else %} {{ whole }}
        {% endif %} as micros,
        {{ "cases.standard_day_seconds * 1000000.0" if business else "86400000000.0" }} as day_micros,
        {{ open_ }} as has_no_end
    from {{ cases }} as cases
    {% if measured %}
        inner join
            (select case_id, {{ measured }} as micros from {{ events }} as events group by case_id) as measured
            on measured.case_id = cases.case_id
    {% endif %}
{%- endmacro %}

{% macro cohort_duration(spans, least, most) -%}
    cases.case_id in (
        select spans.case_id
        from ({{ spans }}) as spans
        where
            spans.micros is not null
            {% if least %} and spans.micros >= {{ least }} * spans.day_micros {% endif %}
            {% if most %} and spans.micros <= {{ most }} * spans.day_micros and not spans.has_no_end {% endif %}
    )
{%- endmacro %}

{#- The case has an event under a condition on `events`. -#}
{% macro cohort_has_event(events, condition) -%}
    cases.case_id in (select events.case_id from {{ events }} as events where {{ condition }})
{%- endmacro %}

{#- The case begins, or ends, with one of the activities. -#}
{% macro cohort_endpoint(events, activities, is_last) -%}
    {%- set edge = "events.next_event_at is null" if is_last else "events.case_position = 1" -%}
    {{ cohort_has_event(events, "events.activity in (" ~ activities | join(", ") ~ ") and " ~ edge) }}
{%- endmacro %}

{#- The variants that cover numerator / denominator of the cases with as few variants as possible. -#}
{% macro cohort_frequent_variants(cases, numerator, denominator) -%}
    cases.variant_id in (
        select ranked.variant_id
        from
            (
                select
                    variant_id,
                    sum(count(*)) over (order by count(*) desc, variant_id rows unbounded preceding)
                    - count(*) as cases_before,
                    sum(count(*)) over () as all_cases
                from {{ cases }} as cases
                group by variant_id
            ) as ranked
        where ranked.cases_before * {{ denominator }} < {{ numerator }} * ranked.all_cases
    )
{%- endmacro %}

{% macro cohort_exceptions(has, types, only_open) -%}
    {{ "" if has else "not " }}cases.case_id in (
        select exceptions.case_id
        from marts.exceptions as exceptions
        where
            exceptions.case_id is not null
            {% if types %} and exceptions.exception_type in ({{ types | join(", ") }}) {% endif %}
            {% if only_open %} and exceptions.resolved_at is null {% endif %}
    )
{%- endmacro %}

{#- The case has an item of the KPI. -#}
{% macro cohort_kpi_items(kpi, part, items, slice_, values) -%}
    cases.case_id in (
        select kpi_items.case_id
        from marts.kpi_items as kpi_items
        where
            kpi_items.case_id is not null and kpi_items.kpi = {{ kpi }}
            {% if part %} and kpi_items.kpi_part = {{ part }} {% endif %}
            {% if slice_ %} and kpi_items.{{ slice_ }} in ({{ values | join(", ") }}) {% endif %}
            and kpi_items.left_out_reason is {{ "not null" if items == "left_out" else "null" }}
            {% if items == "in_numerator" %} and kpi_items.numerator > 0 {% endif %}
    )
{%- endmacro %}

{#- Work goes from one owner to another with the very next event, and with the one after that back when it
    `comes_back`; no givers, or no takers, are any. -#}
{% macro cohort_handover(events, column, givers, takers, comes_back) -%}
    {%- set next = "events.next_" ~ column -%}
    {%- set given = "events." ~ column ~ " <> " ~ next -%}
    {%- if givers %}
        {%- set given = given ~ " and events." ~ column ~ " in (" ~ givers | join(", ") ~ ")" -%}
    {%- endif -%}
    {%- if takers %} {%- set given = given ~ " and " ~ next ~ " in (" ~ takers | join(", ") ~ ")" -%} {%- endif -%}
    {%- if comes_back -%}
        {%- set given = given ~ " and events.second_next = events." ~ column -%}
        {%- set events -%}
            (
                select
                    case_id,
                    {{ column }},
                    next_{{ column }},
                    lead(next_{{ column }}) over (partition by case_id order by case_position) as second_next
                from {{ events }} as log_events
            )
        {%- endset -%}
    {%- endif -%}
    {{ cohort_has_event(events, given) }}
{%- endmacro %}

{#- The case violates the rule that `judged` judges. -#}
{% macro cohort_violating(judged) -%}
    cases.case_id in (select judged.case_id from ({{ judged }}) as judged where judged.verdict = 'violating')
{%- endmacro %}

{#- The path of the case, as `paths` has it, is one of the variants. -#}
{% macro cohort_of_paths(paths, variant_ids) -%}
    cases.case_id
    in (select paths.case_id from ({{ paths }}) as paths where paths.variant_id in ({{ variant_ids | join(", ") }}))
{%- endmacro %}

{#- The path of the case, without the activities in $dropped, is one of those whose keys are bound as $<ended> and, for
    open cases, as $<open_>. -#}
{% macro cohort_deviating(events, cases, ended, open_) -%}
    cases.case_id in (
        select paths.case_id
        from ({{ projected_paths(events, cases) }}) as paths
        where
            (not paths.is_open and {{ path_key("paths.path") }} in ({{ rows_of_lists([ended]) }}))
            or (paths.is_open and {{ path_key("paths.path") }} in ({{ rows_of_lists([open_]) }}))
    )
{%- endmacro %}
