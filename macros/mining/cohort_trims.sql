{#- The events of a section of each case, numbered again, each with the next one of the section. `columns` are all
    columns of the relation. -#}
{% macro cohort_cut_events(kept, columns) -%}
    {%- set followed = ["activity", "event_at", "business_micros", "resource", "department", "source_system"] -%}
    select
        {% for column in columns %}
            {% if column == "case_position" %} row_number() over case_order
            {% elif column.startswith("next_") and column[5:] in followed %} lead(kept.{{ column[5:] }}) over case_order
            {% else %} kept.{{ quoted_name(column) }}
            {% endif %} as {{ quoted_name(column) }}{{ "," if not loop.last else "" }}
        {% endfor %}
    from ({{ kept }}) as kept
    window case_order as (partition by kept.case_id order by kept.case_position)
{%- endmacro %}

{#- The cases of cut events: what they were, with the beginning, end, number and path of the events that are left. -#}
{% macro cohort_cut_cases(cases, cut_events, columns) -%}
    {%- set anew = ["started_at", "ended_at", "events", "variant", "variant_id"] -%}
    select
        {% for column in columns %}
            {% if column == "variant_id" %} md5(left_over.variant)
            {% elif column in anew %} left_over.{{ column }}
            {% else %} cases.{{ quoted_name(column) }}
            {% endif %} as {{ quoted_name(column) }}{{ "," if not loop.last else "" }}
        {% endfor %}
    from {{ cases }} as cases
    inner join
        (
            select
                case_id,
                min(event_at) as started_at,
                max(event_at) as ended_at,
                count(*) as events,
                {{ ordered_path("activity", "case_position") }} as variant
            from {{ cut_events }} as events
            group by case_id
        ) as left_over
        on left_over.case_id = cases.case_id
{%- endmacro %}

{#- The events of a period of local dates. -#}
{% macro cohort_events_of_period(events, cases, zone, start, end) -%}
    {%- set day = local_date("events.event_at", zone) -%}
    select events.*
    from {{ events }} as events
    inner join {{ cases }} as cases on cases.case_id = events.case_id
    where
        {% if start %} {{ day }} >= {{ start }} {% endif %}
        {{ "and" if start and end else "" }}
        {% if end %} {{ day }} < {{ end }} {% endif %}
{%- endmacro %}

{#- The events from an anchor to another: `first_pick` and `last_pick` are min or max, no activities the whole case. -#}
{% macro cohort_events_between(events, first, last, first_pick, last_pick) -%}
    {%- set from_here -%}
        select
            case_id,
            {% if first %} {{ first_pick }}(case when activity in ({{ first | join(", ") }}) then case_position end)
            {% else %} min(case_position)
            {% endif %} as first_position
        from {{ events }} as events
        group by case_id
    {%- endset -%}
    {%- set to_there -%}
        select
            events.case_id,
            min(starts.first_position) as first_position,
            {% if last %}
                {{ last_pick }}(case when events.activity in ({{ last | join(", ") }}) then events.case_position end)
            {% else %} max(events.case_position)
            {% endif %} as last_position
        from {{ events }} as events
        inner join ({{ from_here }}) as starts on starts.case_id = events.case_id
        where events.case_position >= starts.first_position
        group by events.case_id
    {%- endset -%}
    select events.*
    from {{ events }} as events
    inner join ({{ to_there }}) as sections on sections.case_id = events.case_id
    where events.case_position between sections.first_position and sections.last_position
{%- endmacro %}
