package dev.runbook.rehearsal.sqlserver.backup;

import dev.runbook.rehearsal.model.BackupSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A backup file of the rehearsal: text that a person can read. A first line says what it is; each set is one line of JSON
 * with the header and the contents, some kilobytes of filling, and an end line. Without its end line a set was cut short.
 */
public final class BackupFile {
    private static final String FIRST = "runbook rehearsal backup, format 1";
    private static final String END = "end of set ";
    private static final int FILLING_LINES = 64;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private BackupFile() {}

    /**
     * Writes a file of these sets, in the place of any old one. Their positions become 1, 2, 3….
     *
     * @throws IOException when the file cannot be written
     */
    public static void write(Path file, List<BackupSet> sets) throws IOException {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        for (int i = 0; i < sets.size(); i++) {
            append(text, sets.get(i).at(i + 1));
        }
        Files.writeString(file, text);
    }

    /**
     * Leaves a file as a backup does that has only just begun: it opens, but nothing can be read from it.
     *
     * @throws IOException when the file cannot be written
     */
    public static void begin(Path file) throws IOException {
        Files.writeString(file, FIRST + "\n{");
    }

    /**
     * Reads the sets of a file.
     *
     * @return empty when it is no backup file, or one that was cut short
     * @throws IOException when the file cannot be read
     */
    public static Optional<List<BackupSet>> read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<BackupSet>> parse(String text) {
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(FIRST)) {
            return Optional.empty();
        }
        List<BackupSet> sets = new ArrayList<>();
        int line = 1;
        while (line < lines.length && !lines[line].isEmpty()) {
            int end = line + 1 + FILLING_LINES;
            if (end >= lines.length || !lines[end].equals(END + (sets.size() + 1))) {
                return Optional.empty();
            }
            sets.add(JSON.readValue(lines[line], BackupSet.class));
            line = end + 1;
        }
        return sets.isEmpty() || line != lines.length - 1 ? Optional.empty() : Optional.of(sets);
    }

    private static void append(StringBuilder text, BackupSet set) {
        text.append(JSON.writeValueAsString(set)).append('\n');
        for (int i = 0; i < FILLING_LINES; i++) {
            text.append("page %04d of %s %s\n".formatted(i, set.id(), "-".repeat(20)));
        }
        text.append(END).append(set.position()).append('\n');
    }
}
