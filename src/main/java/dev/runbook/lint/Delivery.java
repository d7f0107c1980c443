package dev.runbook.lint;

import dev.runbook.base.Excerpt;
import dev.runbook.terminal.CliContext;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hands over what was found: the findings to where they are wanted, all else to standard error. */
public final class Delivery {
    /** More files than that say only how many of them hold something that could not be checked. */
    private static final int MAX_NOT_CHECKED = 10;

    private final CliContext context;

    /** Delivers in this context. */
    public Delivery(CliContext context) {
        this.context = context;
    }

    /**
     * Writes the findings.
     *
     * @throws dev.runbook.terminal.Refusal if a file cannot be written
     */
    public void write(LintReport report, List<Output> outputs) {
        for (Output output : outputs) {
            Optional<Path> file = output.file().map(context::path);
            if (file.isPresent()) {
                TextFile.write(file.get(), output.format().render(report));
            } else {
                print(output.format(), report);
            }
        }
    }

    private void print(Format format, LintReport report) {
        if (format == Format.TEXT) {
            context.out().print(format.render(report, context.paint()));
            context.out().flush();
        } else {
            context.document(format.render(report));
        }
    }

    /** Tells what could not be checked, and how much was found. */
    public void tell(LintReport report) {
        PrintStream err = context.err();
        List<String> notChecked = report.notChecked();
        if (notChecked.size() <= MAX_NOT_CHECKED) {
            notChecked.forEach(sentence -> err.println(Excerpt.oneLine(sentence)));
        } else {
            err.println("Parts of " + notChecked.size() + " files could not be checked; --format json lists them.");
        }
        err.println(report.totals());
    }

    /** Tells what a baseline has left out of everything that was found. */
    public void tell(Baseline known, Inspection all) {
        long leftOut = all.findings().size() - known.newAmong(all.findings()).size();
        long gone = known.goneFrom(all.findings());
        context.err().println("Known findings left out: " + leftOut + ".");
        if (gone > 0) {
            context.err()
                    .println("No longer found: " + gone + " of the baseline. Write it anew with --write-baseline.");
        }
    }

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
}
