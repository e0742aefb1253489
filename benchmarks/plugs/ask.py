"""Puts the questions to a language model behind an OpenAI-style chat endpoint, and writes its replies.

    plumbline questions out/demo > q.jsonl
    python3 ask.py q.jsonl --url http://localhost:8000/v1/chat/completions --model NAME > answers.jsonl
    plumbline score answers.jsonl --against out/demo

The environment variable API_KEY is sent if it is set. Standard library only.
"""

import argparse
import json
import os
import sys
import urllib.request


def ask(url: str, model: str, prompt: str) -> str:
    body = {"model": model, "messages": [{"role": "user", "content": prompt}], "temperature": 0}
    headers = {"Content-Type": "application/json"}
    if os.environ.get("API_KEY"):
        headers["Authorization"] = f"Bearer {os.environ['API_KEY']}"
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=600) as response:
        return json.load(response)["choices"][0]["message"]["content"]


parser = argparse.ArgumentParser(description="Questions to a chat endpoint, replies as predictions")
parser.add_argument("questions", help="JSON Lines of `plumbline questions`")
parser.add_argument("--url", required=True, help="…/v1/chat/completions")
parser.add_argument("--model", required=True)
options = parser.parse_args()
for line in open(options.questions, encoding="utf-8"):
    question = json.loads(line)
    text = ask(options.url, options.model, question["prompt"])
    reply = {"schema": "prediction/1", "id": question["id"], "model": options.model, "track": "closed-book", "raw": text}
    print(json.dumps(reply, ensure_ascii=False), flush=True)
    print(question["id"], file=sys.stderr)
