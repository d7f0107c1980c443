package dev.runbook.rehearsal.server;

import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.tds.SqlError;
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
 * Opens backup devices for one server, and says what SQL Server says where that fails.
 *
 * @param server by whose paths they are named
 */
public record BackupDevices(Server server) {
    private static final int NO_FILE = 2;
    private static final int NO_FOLDER = 3;
    private static final int NO_ACCESS = 5;

    /** The sets on a device. */
    public Media read(String device) {
        Optional<Path> file = server.path(device);
        if (file.isEmpty() || !hasFolder(file.get())) {
            return new Media.Unreadable(cannotOpen(device, NO_FOLDER));
        }
        if (!Files.exists(file.get())) {
            return new Media.Unreadable(cannotOpen(device, NO_FILE));
        }
        try {
            return BackupFile.read(file.get())
                    .<Media>map(Media.Sets::new)
                    .orElseGet(() -> new Media.Unreadable(malformed(device)));
        } catch (IOException e) {
            return new Media.Unreadable(cannotOpen(device, NO_ACCESS));
        }
    }

    /** Begins a new file, which nothing can be read from until it is written. Says what is wrong where that fails. */
    public Optional<SqlError> begin(String device) {
        return writing(device, BackupFile::begin);
    }

    /** Writes a file of one set, in the place of any old one. */
    public Optional<SqlError> write(String device, BackupSet set) {
        return writing(device, file -> BackupFile.write(file, List.of(set)));
    }

    /** Writes one set after those that lie there, or into a new file. A file that holds no backups is refused. */
    Optional<SqlError> append(String device, BackupSet set) {
        Optional<Path> file = server.path(device);
        if (file.filter(Files::exists).isEmpty()) {
            return write(device, set);
        }
        if (read(device) instanceof Media.Sets media) {
            List<BackupSet> sets = new ArrayList<>(media.sets());
            sets.add(set);
            return writing(device, real -> BackupFile.write(real, sets));
        }
        return Optional.of(malformed(device));
    }

    /** Why no set can be written after those that lie there; empty when one can, or when there is no file yet. */
    Optional<SqlError> appendable(String device) {
        Optional<Path> file = server.path(device);
        boolean fresh =
                file.filter(real -> hasFolder(real) && !Files.exists(real)).isPresent();
        return !fresh && read(device) instanceof Media.Unreadable unreadable
                ? Optional.of(unreadable.error())
                : Optional.empty();
    }

    /** The place that the next set gets on a device. */
    int nextPosition(String device) {
        return read(device) instanceof Media.Sets media ? media.sets().size() + 1 : 1;
    }

    private Optional<SqlError> writing(String device, Writing writing) {
        Optional<Path> file = server.path(device);
        if (file.isEmpty() || !hasFolder(file.get())) {
            return Optional.of(cannotOpen(device, NO_FOLDER));
        }
        try {
            writing.to(file.get());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(cannotOpen(device, NO_ACCESS));
        }
    }

    private static boolean hasFolder(Path file) {
        return file.getParent() == null || Files.isDirectory(file.getParent());
    }

    private static SqlError malformed(String device) {
        return SqlError.of(
                3241,
                "The media family on device '%s' is incorrectly formed. SQL Server cannot process this media family."
                        .formatted(device));
    }

    private static SqlError cannotOpen(String device, int reason) {
        String said = switch (reason) {
            case NO_FILE -> "The system cannot find the file specified.";
            case NO_FOLDER -> "The system cannot find the path specified.";
            default -> "Access is denied.";
        };
        return SqlError.of(
                3201, "Cannot open backup device '%s'. Operating system error %d(%s).".formatted(device, reason, said));
    }

    @FunctionalInterface
    private interface Writing {
        void to(Path file) throws IOException;
    }

    /** What a backup device turned out to be. */
    sealed interface Media {
        /**
         * It can be read.
         *
         * @param sets in the order of their positions
         */
        record Sets(List<BackupSet> sets) implements Media {
            /** Copies the list. */
            public Sets {
                sets = List.copyOf(sets);
            }
        }

        /** It cannot: 3201 where it does not open, 3241 where it is no backup or was cut short. */
        record Unreadable(SqlError error) implements Media {}
    }

    /**
     * A backup file of the rehearsal: text that a person can read. A first line says what it is; each set is one line of JSON
     * with the header and the contents, some kilobytes of filling, and an end line. Without its end line a set was cut short.
     */
    public static final class BackupFile {
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
}
