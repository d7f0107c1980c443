package dev.runbook.editor;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Writes down what an editor and its server say to one another, one message a line. */
final class Transcript implements AutoCloseable {
    private final PrintWriter lines;

    private Transcript(PrintWriter lines) {
        this.lines = lines;
    }

    /** A transcript in that file; what was there before is gone. */
    static Transcript in(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return new Transcript(new PrintWriter(Files.newBufferedWriter(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void heading(String text) {
        line("", "");
        line("== ", text);
    }

    void sent(JsonNode message) {
        line("editor: ", message.toString());
    }

    void received(JsonNode message) {
        line("server: ", message.toString());
    }

    /** The reading thread and the test write both. */
    private synchronized void line(String who, String text) {
        lines.println(who + text);
        lines.flush();
    }

    @Override
    public void close() {
        lines.close();
    }
}
