-- Each event touches its return once, and each document, receipt, CRM case and known line that it names.
with
    events as (select * from {{ ref("events") }}),
    return_lines as (select * from {{ ref("return_lines") }}),

    expected as (
        select
            count(*) as case_links,
            count(case when events.receipt_id is not null then 1 end) as goods_links,
            count(case when events.crm_case_id is not null then 1 end) as request_links,
            count(return_lines.line_no) as line_links,
            count(
                case when events.source_table in ('credit_memos', 'replacement_orders', 'supplier_claims') then 1 end
            ) as document_links
        from events
        left join return_lines on return_lines.return_id = events.case_id and return_lines.line_no = events.line_no
    ),

    named as (
        {% for qualifier in ["case", "goods", "request", "line", "document"] %}
            select '{{ qualifier }}' as qualifier, {{ qualifier }}_links as links
            from expected {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    actual as (select qualifier, count(*) as links from {{ ref("object_links") }} group by qualifier)

select named.qualifier, named.links as expected_links, coalesce(actual.links, 0) as links
from named
left join actual on actual.qualifier = named.qualifier
where named.links <> coalesce(actual.links, 0)
