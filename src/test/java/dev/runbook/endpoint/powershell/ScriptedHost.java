package dev.runbook.endpoint.powershell;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Hosts that open whatever they are told to, then answer calls as written, one answer a call, then with no rows. */
final class ScriptedHost implements ShellLauncher {
    private final Deque<String> answers;
    private int starts;

    /** The rest of an answer's object, with {@code '} for quotes. */
    ScriptedHost(String... answers) {
        this.answers = new ArrayDeque<>(List.of(answers));
    }

    /** How many hosts there were. */
    int starts() {
        return starts;
    }

    @Override
    public ShellLink launch(String program, List<String> arguments) {
        starts++;
        String command =
                new String(Base64.getDecoder().decode(arguments.get(arguments.size() - 1)), StandardCharsets.UTF_16LE);
        return new Link(command.substring(command.length() - 33, command.length() - 1));
    }

    private final class Link implements ShellLink {
        private static final String END = "";

        private final String nonce;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        Link(String nonce) {
            this.nonce = nonce;
        }

        @Override
        public void send(String line) {
            if (!line.startsWith("{")) {
                say("'ready':true,'version':'5.1'");
            } else if (line.contains("\"op\":\"open\"")) {
                say("'id':'1','ok':true");
            } else {
                String next = answers.isEmpty() ? "'ok':true,'rows':[],'errors':[]" : answers.remove();
                say("'id':'2'," + next);
            }
        }

        private void say(String body) {
            lines.add(nonce + " {" + body.replace('\'', '"') + "}");
        }

        @Override
        public Line receive() {
            try {
                String line = lines.take();
                return line.equals(END) ? null : new Line(line, true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }

        @Override
        public List<String> complaints() {
            return List.of();
        }

        @Override
        public void kill() {
            lines.add(END);
        }

        @Override
        public void close() {
            kill();
        }
    }
}
