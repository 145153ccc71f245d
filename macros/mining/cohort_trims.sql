{#- A section of each case: its first and last position in `events`. A trim keeps sections, not events: since a section
    has no gaps, an event of it is followed by what followed it before, and the last one by nothing. -#}
{#- The events of a period of local dates; no clock is a day away from UTC, which spares most events its time zone. -#}
{% macro cohort_sections_of_period(events, cases, zone, start, end) -%}
    {%- set day = local_date("events.event_at", zone) -%}
    select events.case_id, min(events.case_position) as first_position, max(events.case_position) as last_position
    from {{ events }} as events
    inner join {{ cases }} as cases on cases.case_id = events.case_id
    where
        true
        {% if start %} and events.event_at >= {{ start }} - interval '1' day and {{ day }} >= {{ start }} {% endif %}
        {% if end %} and events.event_at < {{ end }} + interval '1' day and {{ day }} < {{ end }} {% endif %}
    group by events.case_id
{%- endmacro %}

{#- From an anchor to another: `first_pick` and `last_pick` are min or max, no activities the whole case. -#}
{% macro cohort_sections_between(events, first, last, first_pick, last_pick) -%}
    {%- set starts -%}
        select
            case_id,
            {% if first %} {{ first_pick }}(case when activity in ({{ first | join(", ") }}) then case_position end)
            {% else %} min(case_position)
            {% endif %} as first_position
        from {{ events }} as events
        group by case_id
    {%- endset -%}
    select
        events.case_id,
        min(starts.first_position) as first_position,
        {% if last %} {{ last_pick }} (events.case_position)
        {% else %} max(events.case_position)
        {% endif %} as last_position
    from {{ events }} as events
    inner join ({{ starts }}) as starts on starts.case_id = events.case_id
    where
        events.case_position >= starts.first_position
        {% if last %} and events.activity in ({{ last | join(", ") }}) {% endif %}
    group by events.case_id
{%- endmacro %}

{#- The sections with what a case of them knows anew. -#}
{% macro cohort_measured_sections(events, sections) -%}
    select measured.*, md5(measured.variant) as variant_id
    from
        (
            select
                sections.case_id,
                min(sections.first_position) as first_position,
                min(sections.last_position) as last_position,
                min(events.event_at) as started_at,
                max(events.event_at) as ended_at,
                count(*) as events,
                {{ ordered_path("events.activity", "events.case_position") }} as variant
            from {{ events }} as events
            inner join ({{ sections }}) as sections on sections.case_id = events.case_id
            where events.case_position between sections.first_position and sections.last_position
            group by sections.case_id
        ) as measured
{%- endmacro %}

{#- The events of the sections; `columns` are all columns of `events`. -#}
{% macro cohort_cut_events(events, sections, columns) -%}
    {%- set of_next = ["activity", "event_at", "business_micros", "resource", "department", "source_system"] -%}
    (
        select
            {% for column in columns %}
                {% if column == "case_position" %} events.case_position - sections.first_position + 1
                {% elif column.startswith("next_") and column[5:] in of_next %}
                    case when events.case_position < sections.last_position then events.{{ column }} end
                {% else %} events.{{ quoted_name(column) }}
                {% endif %} as {{ quoted_name(column) }}{{ "," if not loop.last else "" }}
            {% endfor %}
        from {{ events }} as events
        inner join {{ sections }} as sections on sections.case_id = events.case_id
        where events.case_position between sections.first_position and sections.last_position
    )
{%- endmacro %}

{#- The cases of the sections; `columns` are all columns of `cases`. -#}
{% macro cohort_cut_cases(cases, sections, columns) -%}
    {%- set anew = ["started_at", "ended_at", "events", "variant", "variant_id"] -%}
    (
        select
            {% for column in columns %}
                {{ "sections" if column in anew else "cases" }}.{{ quoted_name(column) }}
                as {{ quoted_name(column) }}{{ "," if not loop.last else "" }}
            {% endfor %}
        from {{ cases }} as cases
        inner join {{ sections }} as sections on sections.case_id = cases.case_id
    )
{%- endmacro %}
