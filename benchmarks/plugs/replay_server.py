"""A language model made of recorded answers, on localhost, behind the chat protocol that `ask.py` speaks.

    python3 replay_server.py q.jsonl predictions.jsonl --port 8000

It knows a question by its prompt alone, as a model does, and wraps the answer into words, as models do; so a
client that mixes questions up, or cannot find the JSON in a reply, is found out. Standard library only.
"""

from __future__ import annotations

import argparse
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import records


def server(questions: str, predictions: str, port: int = 0) -> ThreadingHTTPServer:
    """Bound to localhost; port 0 takes a free one."""
    recorded = records.texts(predictions)
    known = {item["prompt"]: recorded[item["id"]] for item in records.lines(questions) if item["id"] in recorded}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802 (the name is the library's)
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not self.path.endswith("/chat/completions") or body["messages"][-1]["role"] != "user":
                return self.answer(404, {"error": {"message": f"no such endpoint: {self.path}"}})
            text = known.get(body["messages"][-1]["content"])
            content = "I do not know." if text is None else f"From what is given I expect:\n```json\n{text}\n```\n"
            self.answer(200, {
                "id": "recorded", "object": "chat.completion", "model": body["model"],
                "choices": [{"index": 0, "finish_reason": "stop",
                             "message": {"role": "assistant", "content": content}}]})

        def answer(self, status: int, body: records.Record) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main() -> None:
    parser = argparse.ArgumentParser(description="Recorded answers behind a chat endpoint on localhost")
    parser.add_argument("questions")
    parser.add_argument("predictions")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    with server(options.questions, options.predictions, options.port) as running:
        print(f"http://127.0.0.1:{running.server_port}/v1/chat/completions", flush=True)
        running.serve_forever()


if __name__ == "__main__":
    main()
