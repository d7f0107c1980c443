package dev.runbook.endpoint.powershell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A shell at the other end of two streams, such as one that runs in the same process. Ending it means closing them. */
public final class StreamLink implements ShellLink {
    /** The longest line in bytes; about ten million characters in the widest form. */
    static final int LONGEST_LINE = 32 * 1024 * 1024;

    private final InputStream answers;
    private final OutputStream requests;
    private final LineInput lines;

    /**
     * A link over two streams.
     *
     * @param answers what the shell writes
     * @param requests what the shell reads
     */
    public StreamLink(InputStream answers, OutputStream requests) {
        this.answers = answers;
        this.requests = requests;
        this.lines = new LineInput(answers, LONGEST_LINE);
    }

    @Override
    public void send(String line) throws IOException {
        requests.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        requests.flush();
    }

    @Override
    public Line receive() throws IOException {
        return lines.next();
    }

    @Override
    public List<String> complaints() {
        return List.of();
    }

    @Override
    public void kill() {
        endRequests();
        try {
            answers.close();
        } catch (IOException e) {
            return; // it is gone already, which is what was wanted
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** Nothing more comes. */
    void endRequests() {
        try {
            requests.close();
        } catch (IOException e) {
            return; // it is gone already, which is what was wanted
        }
    }
}
