package dev.runbook.editor;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages of the Language Server Protocol: a header that says how long the JSON behind it is. */
final class MessageStream {
    private static final String LENGTH = "content-length:";

    private final InputStream in;
    private final OutputStream out;

    MessageStream(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    synchronized void send(JsonNode message) throws IOException {
        byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
        out.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    /** The next message; waits for it. */
    JsonNode receive() throws IOException {
        int length = 0;
        for (String header = header(); !header.isEmpty(); header = header()) {
            if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        return JsonMapper.shared().readTree(in.readNBytes(length));
    }

    private String header() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server has ended");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
