"""The door to reports: how fast cases were answered, to look at and to take away as a table."""

from typing import Any

from flask import Response

from backend.console.report_forms import as_csv, as_json
from backend.console.report_schemas import ReportIn, ReportOut
from backend.dispatch.reporting import report
from backend.kernel.vocabulary import Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import context, now, principal
from backend.web.looks import show

bp = Blueprint("console_reports", __name__, url_prefix="/console/api", description="How fast cases were answered.")


@bp.get("/reports")
@requires(Role.CONTROLLER, Role.ADMIN, Role.AUDITOR)
@bp.arguments(ReportIn, location="query")
@bp.response(200, ReportOut)
def reports(query: dict[str, Any]) -> Any:
    """Response times of every case of some days, beside the targets; exercises are left out, and so is everybody."""
    found = show(report, **query, form="json", by=principal(), now=now())
    # A year of cases takes a while to write: not on the thread on which taps come in.
    return Response(context().imaging.call(lambda: as_json(found)), mimetype="application/json")


@bp.get("/reports.csv")
@requires(Role.CONTROLLER, Role.ADMIN, Role.AUDITOR)
@bp.arguments(ReportIn, location="query")
@bp.response(200, {"type": "string"}, content_type="text/csv", example="reference,kind\r\nE-2026-0147,emergency\r\n")
def table(query: dict[str, Any]) -> Any:
    """The same cases as a table for a spreadsheet: a line of names, then a line for each case."""
    found = show(report, **query, form="csv", by=principal(), now=now())
    name = f"bluelight-reports-{found['from']}-{found['to']}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(context().imaging.call(lambda: as_csv(found)), mimetype="text/csv", headers=headers)
