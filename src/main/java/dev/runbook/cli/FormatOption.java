package dev.runbook.cli;

import dev.runbook.terminal.Refusal;
import picocli.CommandLine.Option;

/** For whom the answer is. */
final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "text for people, json for programs. Default: ${DEFAULT-VALUE}.")
    private String format = "text";

    boolean isJson() {
        return switch (format) {
            case "text" -> false;
            case "json" -> true;
            default -> throw Refusal.usage("--format is text or json, not " + format + ".");
        };
    }
}
