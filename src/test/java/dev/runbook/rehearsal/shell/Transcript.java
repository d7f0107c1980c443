package dev.runbook.rehearsal.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real PowerShell answered: {@code powershell-transcript.txt}, line by line. */
public final class Transcript {
    private static final JsonMapper JSON = new JsonMapper();

    private Transcript() {}

    /** One line; {@code text} without its mark. */
    public record Entry(boolean sent, String text) {
        /** The line as JSON. */
        public JsonNode json() {
            return JSON.readTree(text);
        }
    }

    /** All lines, in order. */
    public static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Transcript.class.getResourceAsStream("powershell-transcript.txt"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(">") || line.startsWith("<")) {
                    entries.add(
                            new Entry(line.startsWith(">"), line.substring(1).trim()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }
}
