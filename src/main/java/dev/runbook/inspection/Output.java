package dev.runbook.inspection;

import dev.runbook.report.findings.Format;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where findings go, and how they look there.
 *
 * @param format how they look
 * @param file the path of a file as the user wrote it; empty for standard output
 */
public record Output(Format format, Optional<String> file) {
    /** The words of all formats, for messages. */
    public static final String FORMATS =
            Stream.of(Format.values()).map(Format::word).collect(Collectors.joining(", "));

    /** {@code sarif}, or {@code sarif=FILE}; empty if there is no such format, or the name of the file is missing. */
    public static Optional<Output> parse(String written) {
        int equals = written.indexOf('=');
        if (equals < 0) {
            return Format.of(written).map(format -> new Output(format, Optional.empty()));
        }
        String file = written.substring(equals + 1);
        return Format.of(written.substring(0, equals))
                .filter(format -> !file.isBlank())
                .map(format -> new Output(format, Optional.of(file)));
    }
}
