package dev.runbook.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is kept of one kill. Each is a file of its own, so that nothing is lost when hours of them are cut off.
 *
 * @param seed from which it was drawn
 * @param moment the procedure, and the last event before the kill
 * @param twice whether the resumption was killed too
 * @param doubted whether a step was in doubt, and was decided
 * @param wrong whether anything was not as it should be
 */
record CrashRow(int seed, String moment, boolean twice, boolean doubted, boolean wrong) {
    private static final Path FOLDER = Path.of("target", "kills");
    private static final String BETWEEN = "\t";

    /** Writes it down. */
    void keep() {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(
                    FOLDER.resolve(seed + ".txt"),
                    String.join(
                            BETWEEN, moment, String.valueOf(twice), String.valueOf(doubted), String.valueOf(wrong)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that were written down, in the order of their seeds. */
    static List<CrashRow> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(CrashRow::read)
                    .sorted(Comparator.comparingInt(CrashRow::seed))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CrashRow read(Path file) {
        try {
            String[] parts = Files.readString(file).split(BETWEEN);
            return new CrashRow(
                    Integer.parseInt(file.getFileName().toString().replace(".txt", "")),
                    parts[0],
                    Boolean.parseBoolean(parts[1]),
                    Boolean.parseBoolean(parts[2]),
                    Boolean.parseBoolean(parts[3]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
