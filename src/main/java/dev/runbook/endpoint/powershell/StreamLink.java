package dev.runbook.endpoint.powershell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

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

    /**
     * Cuts a stream into lines of bounded length. Of a longer line the beginning is kept and the rest is read and thrown away, so
     * that the next line is found and memory stays bounded.
     */
    static final class LineInput {
        private static final int END = -1;
        private static final Charset OF_THIS_COMPUTER = ofThisComputer();

        private final InputStream stream;
        private final int longest;
        private final byte[] chunk = new byte[65_536];
        private int from;
        private int held;

        /** Lines of this stream, of at most so many bytes. */
        LineInput(InputStream stream, int longest) {
            this.stream = stream;
            this.longest = longest;
        }

        /** The next line, or null at the end of the stream. A last line without an end of its own counts. */
        ShellLink.Line next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            boolean complete = true;
            boolean any = false;
            while (held != END) {
                if (from == held && !refill()) {
                    break;
                }
                any = true;
                int end = endOfLine();
                int room = Math.min(end - from, longest - line.size());
                line.write(chunk, from, room);
                complete &= room == end - from;
                boolean ended = end < held;
                from = ended ? end + 1 : end;
                if (ended) {
                    return lineOf(line, complete);
                }
            }
            return any ? lineOf(line, complete) : null;
        }

        /** That of its consoles where Java knows it, else that of its files. */
        private static Charset ofThisComputer() {
            return Stream.of("sun.stdout.encoding", "stdout.encoding", "native.encoding")
                    .map(System::getProperty)
                    .filter(name -> name != null && Charset.isSupported(name))
                    .map(Charset::forName)
                    .filter(charset -> !charset.equals(StandardCharsets.UTF_8))
                    .findFirst()
                    .orElse(StandardCharsets.UTF_8);
        }

        private boolean refill() throws IOException {
            from = 0;
            held = stream.read(chunk);
            return held != END;
        }

        private int endOfLine() {
            int at = from;
            while (at < held && chunk[at] != '\n') {
                at++;
            }
            return at;
        }

        /** A program that knows nothing of UTF-8 writes as this computer does. */
        private static String text(byte[] bytes) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                return new String(bytes, OF_THIS_COMPUTER);
            }
        }

        private static ShellLink.Line lineOf(ByteArrayOutputStream bytes, boolean complete) {
            String text = text(bytes.toByteArray());
            return new ShellLink.Line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, complete);
        }
    }
}
