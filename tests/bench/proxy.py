"""nginx for a bench: the configuration of deploy/nginx, rendered like its image renders it, in a separate folder."""

import os
import re
import subprocess
from pathlib import Path

from tests.bench.support import ROOT, Bench, Server, free_port, program

DEPLOY = ROOT / "deploy" / "nginx"
PLACE = re.compile(r"\$\{([A-Z0-9_]+)\}")


def rendered(folder: Path, values: dict[str, str]) -> Path:
    """Render the configuration into `folder`, and return its main file. Raises KeyError for a variable without a
    value."""
    work = folder / "work"
    for made in (folder / "conf.d", work):
        made.mkdir(parents=True, exist_ok=True)
    for template in (DEPLOY / "templates").glob("*.template"):
        text = PLACE.sub(lambda place: values[place[1]], template.read_text())
        (folder / "conf.d" / template.stem).write_text(text.replace("/tmp/nginx", str(work)))  # noqa: S108 - replaced
    text = (DEPLOY / "nginx.conf").read_text().replace("/tmp/nginx", str(work))  # noqa: S108 - as above
    main = folder / "nginx.conf"
    main.write_text(text.replace("/dev/stdout", str(folder / "access.log")))
    return main


def nginx(run: Bench, name: str, shops: tuple[Server, Server], **values: str) -> Server:
    """Start nginx in front of two instances, and wait until it is ready. It logs requests to ``access.log`` in its
    folder."""
    port, folder = free_port(), run.folder / name
    filled = {
        "SHOP_INSTANCE_1": f"127.0.0.1:{shops[0].port}",
        "SHOP_INSTANCE_2": f"127.0.0.1:{shops[1].port}",
        "NGINX_PORT": str(port),
        "PUBLIC_SCHEME": "http",
        "EDGE_PROXIES": "192.0.2.1",
        "REQUESTS_PER_SECOND": "20",
        "UPLOAD_BODY": "11m",
        "CORS_PATTERN": "http://localhost:5173",
        "SHOP_MEDIA": str(run.folder / "state"),
        **values,
    }
    main = rendered(folder, filled)
    command = [program("nginx", "Debian package nginx-light"), "-p", str(folder), "-c", str(main), "-e", "stderr"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    if checked.returncode:
        raise SystemExit(f"nginx -t:\n{checked.stderr}")
    user = "" if os.geteuid() else " user root;"  # otherwise its workers could not write to the bench's folder
    return run.serve(name, [*command, "-g", f"daemon off;{user}"], port, "/health", {})
