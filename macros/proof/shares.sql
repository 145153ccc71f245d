{#- The work of the returns compared, within the follow-up that both sides have: the log's events without its technical
    stages, each with the next one if that comes within the follow-up too. `wait_days` are business days. -#}
{% macro proof_work(compared) -%}
    with
        compared as (select * from {{ compared }} where standing = 'compared'),

        followed as (
            select log_events.*
            from event_log.events as log_events
            inner join compared on compared.case_id = log_events.case_id
            where {{ micros_between("compared.requested_at", "log_events.event_at") }} < $horizon_days * 86400e6
        ),

        work as ({{ events_of_work("followed", "event_log.cases") }})

    select
        work.case_id,
        compared.side,
        compared.cluster_no,
        compared.week_no,
        work.case_position,
        work.activity,
        work.next_activity,
        work.department,
        work.next_department,
        (work.next_business_micros - work.business_micros) / (cases.standard_day_seconds * 1e6) as wait_days
    from work
    inner join compared on compared.case_id = work.case_id
    inner join event_log.cases as cases on cases.case_id = work.case_id
{%- endmacro %}

{#- How many returns there are by side, cluster and week. -#}
{% macro proof_returns(compared) -%}
    select cluster_no, week_no, {{ proof_by_side() }}
    from {{ compared }}
    where standing = 'compared'
    group by cluster_no, week_no
    order by cluster_no, week_no
{%- endmacro %}

{#- How many of the returns compared have something, by cluster and week. `marks` has one row per return, kind and name
    of what it has; what fewer than $handful returns have is one row of its kind without a name, with the number of such
    things. -#}
{% macro proof_shares(marks, compared) -%}
    with
        marked as (
            select marks.kind, marks.name, marks.next_name, compared.side, compared.cluster_no, compared.week_no
            from ({{ marks }}) as marks
            inner join {{ compared }} as compared on compared.case_id = marks.case_id and compared.standing = 'compared'
        ),

        things as (select kind, name, next_name, count(*) as returns from marked group by kind, name, next_name)

    select things.kind, things.name, things.next_name, marked.cluster_no, marked.week_no, {{ proof_by_side("marked.") }}
    from things
    inner join marked on marked.kind = things.kind and marked.name = things.name and marked.next_name = things.next_name
    where things.returns >= $handful
    group by things.kind, things.name, things.next_name, marked.cluster_no, marked.week_no
    union all
    select kind, null, null, 0, 0, count(*), 0
    from things
    where returns < $handful
    group by kind
    order by 1, 2, 3, 4, 5
{%- endmacro %}

{% macro proof_by_side(relation="") -%}
    count(case when {{ relation }}side = 'before' then 1 end) as before,
    count(case when {{ relation }}side = 'after' then 1 end) as after
{%- endmacro %}
