package dev.runbook.endpoint.powershell;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A shell that runs as a child process. */
final class ChildProcessLink implements ShellLink {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Process process;
    private final ProcessStreams streams;
    private final StreamLink lines;

    ChildProcessLink(Process process, ProcessStreams streams) {
        this.process = process;
        this.streams = streams;
        this.lines = new StreamLink(streams.answers(), streams.requests());
    }

    @Override
    public void send(String line) throws IOException {
        lines.send(line);
    }

    @Override
    public Line receive() throws IOException {
        Line line = null;
        try {
            line = lines.receive();
            return line;
        } finally {
            if (line == null) {
                streams.drained();
            }
        }
    }

    @Override
    public List<String> complaints() {
        return streams.complaints();
    }

    @Override
    public void kill() {
        ProcessTree.of(process.toHandle()).end(PATIENCE);
    }

    @Override
    public void close() {
        ProcessTree tree = ProcessTree.of(process.toHandle());
        lines.endRequests();
        if (!tree.isGoneWithin(PATIENCE)) {
            tree.end(PATIENCE);
        }
    }
}
