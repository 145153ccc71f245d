{#- What replays need of a log: its paths without the activities in $dropped, and how deviations show in KPIs. -#}
{% macro projected_paths(events, cases) -%}
    select cases.case_id, cases.is_open, coalesce(kept.path, {{ ordered_list_of_nothing() }}) as path
    from {{ cases }} as cases
    left join
        (
            select one_of.variant_id, {{ ordered_list("log_paths.activity", "log_paths.case_position") }} as path
            from {{ events_of_paths(events, cases) }} as log_paths
            inner join {{ cases }} as one_of on one_of.case_id = log_paths.case_id
            where not {{ in_list("log_paths.activity", "dropped") }}
            group by one_of.variant_id
        ) as kept
        on kept.variant_id = cases.variant_id
{%- endmacro %}

{#- Distinct paths of ended and of open cases, most cases first, equally frequent ones backwards. -#}
{% macro projected_variants(events, cases) -%}
    with paths as ({{ projected_paths(events, cases) }})

    select {{ path_key("path") }} as path_key, path, is_open, count(*) as cases
    from paths
    group by path, is_open
    order by cases desc, path desc, is_open
{%- endmacro %}

{#- For each deviation, KPI and stratum, both with and without the deviation: cases, sum and sum of squares of the KPI.
    $keys and $deviations pair paths with the deviations that they have, $covered are all paths that were aligned.
    `strata` are columns of the cases that make them alike. -#}
{% macro deviation_strata(events, cases, is_warehouse, strata) -%}
    {%- set measures = deviation_kpis() if is_warehouse else elapsed_days(cases) -%}
    with
        paths as ({{ projected_paths(events, cases) }}),
        covered as ({{ rows_of_lists(["covered"]) }}),
        deviating as ({{ rows_of_lists(["keys", "deviations"]) }}),

        items as (
            select
                measures.kpi,
                cast(measures.value as double) as value,
                {{ path_key("paths.path") }} as path_key,
                {% for column in strata %} cases.{{ column }} as stratum_{{ loop.index }},{% endfor %}
                paths.case_id
            from paths
            inner join {{ measures }} as measures on measures.case_id = paths.case_id
            inner join {{ cases }} as cases on cases.case_id = paths.case_id
            where measures.value is not null and not paths.is_open
        ),

        aligned as (select items.* from items inner join covered on covered.covered = items.path_key),

        everything as (
            select kpi{{ stratum_columns(strata) }}, {{ moments() }}
            from aligned
            group by kpi{{ stratum_columns(strata) }}
        ),

        with_it as (
            select deviating.deviations as deviation, kpi{{ stratum_columns(strata) }}, {{ moments() }}
            from aligned
            inner join deviating on deviating.keys = aligned.path_key
            group by deviating.deviations, kpi{{ stratum_columns(strata) }}
        )

    select
        with_it.deviation,
        with_it.kpi,
        with_it.n,
        with_it.total,
        with_it.squares,
        everything.n - with_it.n as rest_n,
        everything.total - with_it.total as rest_total,
        everything.squares - with_it.squares as rest_squares
    from with_it
    inner join
        everything on everything.kpi = with_it.kpi
        {% for column in strata %}
            and everything.stratum_{{ loop.index }} is not distinct from with_it.stratum_{{ loop.index }}
        {% endfor %}
    order by with_it.deviation, with_it.kpi{% for column in strata %}, with_it.stratum_{{ loop.index }}{% endfor %}
{%- endmacro %}

{% macro stratum_columns(strata) -%} {% for column in strata %}, stratum_{{ loop.index }}{% endfor %} {%- endmacro %}

{% macro moments() -%} count(*) as n, sum(value) as total, sum(value * value) as squares {%- endmacro %}

{#- The KPIs of the warehouse that deviations are held against. -#}
{% macro deviation_kpis() -%}
    (select case_id, kpi, value from marts.kpi_items where kpi in ('cycle_time_days', 'credit_lag_days'))
{%- endmacro %}

{#- The same for any other log: elapsed days from first to last event. -#}
{% macro elapsed_days(cases) -%}
    (
        select case_id, 'elapsed_days' as kpi, {{ micros_between("started_at", "ended_at") }} / 86400000000.0 as value
        from {{ cases }} as elapsed
    )
{%- endmacro %}

{#- The columns of the events, and of the cases. -#}
{% macro event_columns(events, cases) -%} {{ columns_of(events) }} {%- endmacro %}

{% macro case_columns(events, cases) -%} {{ columns_of(cases) }} {%- endmacro %}

{#- The names of a relation's columns. -#}
{% macro columns_of(relation) -%}
    select column_name from (describe select * from {{ relation }} as described)
{%- endmacro %}

{#- A text that two lists share only when they are equal. -#}
{% macro path_key(path) -%} md5(cast(to_json({{ path }}) as varchar)) {%- endmacro %}

{#- Whether a value is in the list bound as $<parameter>. -#}
{% macro in_list(column, parameter) -%}
    list_contains(cast({{ "$" ~ parameter }} as varchar[]), {{ column }})
{%- endmacro %}

{#- Bound lists of one length side by side as rows; the columns are named as the parameters. -#}
{% macro rows_of_lists(parameters) -%}
    select
        {% for parameter in parameters %}
            unnest(cast({{ "$" ~ parameter }} as varchar[])) as {{ parameter }}{{ "," if not loop.last }}
        {% endfor %}
{%- endmacro %}

{#- A list without elements. -#}
{% macro ordered_list_of_nothing() -%} cast([] as varchar[]) {%- endmacro %}
