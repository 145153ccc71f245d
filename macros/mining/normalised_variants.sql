{#- Steps of each case after technical activities ($technical) are dropped, events of one moment put in a fixed order,
    and repeats collapsed. A moment goes on as long as each event is at most $tolerance_micros after the one before it;
    within it the column `rank` decides, then the name. Without `rank` events keep their order. A model has no parameters:
    it names `technical`, a relation of those activities, and `tolerance`, the microseconds. -#}
{% macro normalised_steps(events, rank=none, technical=none, tolerance="$tolerance_micros") -%}
    with
        kept as (
            select
                case_id,
                activity,
                case_position,
                {% if rank %}
                    {{ rank }} as activity_order,
                    {{ micros_between("lag(event_at) over in_case", "event_at") }} > {{ tolerance }} as is_later
                {% else %} lag(activity) over in_case as activity_before
                {% endif %}
            from {{ events }}
            where
                {% if technical %} activity not in (select activity from {{ technical }})
                {% else %} not {{ in_list("activity", "technical") }}
                {% endif %}
            window in_case as (partition by case_id order by case_position)
        ),

        {% if rank %}
            moments as (
                select *, count(case when is_later then 1 end) over in_case as moment
                from kept
                window in_case as (partition by case_id order by case_position rows unbounded preceding)
            ),

            ordered as (
                select
                    case_id,
                    activity,
                    row_number() over in_order as case_position,
                    lag(activity) over in_order as activity_before
                from moments
                window in_order as (partition by case_id order by moment, activity_order, activity, case_position)
            ),
        {% else %} ordered as (select * from kept),
        {% endif %}

        changed as (
            select case_id, activity, case_position
            from ordered
            where activity_before is null or activity_before <> activity
        )

    select case_id, activity, row_number() over (partition by case_id order by case_position) as position
    from changed
{%- endmacro %}

{#- Parts of a query: the normalised steps of each case, the keys of its path, and each path written
    out once. -#}
{% macro normalised_parts(events, rank, technical=none, tolerance="$tolerance_micros") -%}
    steps as ({{ normalised_steps(events, rank, technical, tolerance) }}),
    keys as ({{ path_keys("steps", "position") }}),
    written as ({{ written_paths("keys", "steps", "position") }})
{%- endmacro %}

{#- The variant of each case after normalisation. A case with technical activities alone has an empty path. -#}
{% macro normalised_paths(events, cases, rank=none, technical=none, tolerance="$tolerance_micros") -%}
    with {{ normalised_parts(events, rank, technical, tolerance) }}

    select log_cases.case_id, md5(coalesce(written.variant, '')) as variant_id, coalesce(written.variant, '') as variant
    from {{ cases }} as log_cases
    left join keys on keys.case_id = log_cases.case_id
    left join written on written.one_key = keys.one_key and written.other_key = keys.other_key
{%- endmacro %}

{#- Variants after normalisation, with everything that is known of them. `known` is a relation of the cases with their
    normalised variants, where a build has kept them; then only one case of each has its steps normalised again. -#}
{% macro normalised_variants(events, cases, finished, rank=none, value=none, recovery=none, known=none) -%}
    {%- set case_columns -%}
        log_cases.case_id,
        log_cases.started_at,
        log_cases.ended_at,
        {{ finished }} as is_finished {{ ", log_cases." ~ value if value }}
    {%- endset %}
    with
        {% if known %}
            paths as (
                select {{ case_columns }}, known.variant, known.variant_id
                from {{ cases }} as log_cases
                inner join {{ known }} as known on known.case_id = log_cases.case_id
            ),

            one_of_each as (
                select *
                from {{ events }} as log_events
                where case_id in (select min(case_id) from paths group by variant_id)
            ),

            steps as ({{ normalised_steps("one_of_each", rank) }}),
        {% else %}
            {{ normalised_parts(events, rank) }},

            paths as (
                select
                    {{ case_columns }},
                    coalesce(written.variant, '') as variant,
                    md5(coalesce(written.variant, '')) as variant_id
                from {{ cases }} as log_cases
                left join keys on keys.case_id = log_cases.case_id
                left join written on written.one_key = keys.one_key and written.other_key = keys.other_key
            ),
        {% endif %}

        figures as ({{ variant_figures("paths", value, "is_finished") }}),

        {{ described_variants("figures", "paths", "steps", recovery) }}
{%- endmacro %}

{#- Activities of the stages that take no part in the work: messages between people and between systems. -#}
{% macro technical_activities(events, cases) -%}
    select activities.activity
    from staging.activities as activities
    inner join staging.stages as stages on stages.stage = activities.stage
    where stages.flow = 'technical'
    group by activities.activity
    order by activities.activity
{%- endmacro %}
