package dev.runbook.journey;

import dev.runbook.event.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tables of generated cases: printed, and kept in {@code docs/evidence} when every case was run. */
public final class Tables {
    private static final Path EVIDENCE = Path.of("docs/evidence");

    private Tables() {}

    /** Prints a table, and keeps it where every case was run. */
    public static void tell(boolean whole, String file, String title, List<String> head, List<List<String>> rows)
            throws IOException {
        tell(whole, file, "# " + title + "\n\n" + table(head, rows));
    }

    /** A text with tables in it. */
    static void tell(boolean whole, String file, String text) throws IOException {
        System.out.println(text);
        if (whole) {
            Files.createDirectories(EVIDENCE);
            Files.writeString(EVIDENCE.resolve(file + ".md"), text);
        }
    }

    /** A table alone. */
    static String table(List<String> head, List<List<String>> rows) {
        return line(head)
                + line(head.stream().map(unused -> "---").toList())
                + rows.stream().map(Tables::line).collect(Collectors.joining());
    }

    /** The name of an event in words. */
    static String words(RunEvent event) {
        return event.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
