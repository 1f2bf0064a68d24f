"""What Schemathesis holds a mock to: no status and no media type that the document does not give.

Loaded by the hooks option of Schemathesis, beside its own check `not_a_server_error`. What is passed over, and why:

- A response in `application/problem+json` with a status of REJECTIONS that the document does not give the operation. A document need not
  say how a malformed request is rejected; the mock says it in the form that RFC 9457 gives. A status that the document does give comes in
  the document's own media type, and is held to it.
- A body of a request whose media type the mock does not read (multipart, bytes, streams): it is taken as it comes, so that the checks of
  Schemathesis for rejected data (`negative_data_rejection`) do not run.
- A 501 in `application/problem+json`: no sample was found for the response, which the mock says. `NO_SAMPLE` lists the operations; of any
  other one it is a failure.
"""

import schemathesis

REJECTIONS = {400, 401, 404, 405, 406, 408, 413, 415, 422}

NO_SAMPLE: set[str] = set()


def essence(response) -> str:
    values = response.headers.get("content-type", [""])
    return values[0].split(";")[0].strip().lower()


def documented(case, status: int):
    """The response that the document gives a status: by itself, in a range, or as the default."""
    responses = {str(code).upper(): response for code, response in case.operation.responses.items()}
    for key in (str(status), f"{status // 100}XX", "DEFAULT"):
        if key in responses:
            return responses[key]
    return None


def matches(wanted: str, found: str) -> bool:
    wanted = wanted.split(";")[0].strip().lower()
    return wanted in ("*/*", found) or (wanted.endswith("/*") and found.startswith(wanted[:-1]))


@schemathesis.check
def documented_response(ctx, response, case) -> None:
    status, found = response.status_code, essence(response)
    stated = documented(case, status)
    is_problem = found == "application/problem+json"
    if stated is None:
        if is_problem and (status in REJECTIONS or (status == 501 and case.operation.label in NO_SAMPLE)):
            return
        raise AssertionError(f"{case.operation.label}: the status {status} ({found}) is not documented")
    media = list((stated.definition.get("content") or {}).keys())
    if not media:
        assert not response.content, f"{case.operation.label}: the status {status} has no documented body"
        return
    assert any(matches(one, found) for one in media), (
        f"{case.operation.label}: {status} is of {found!r}, documented are {', '.join(media)}"
    )
