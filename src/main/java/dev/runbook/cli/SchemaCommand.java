package dev.runbook.cli;

import dev.runbook.library.Library;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Surroundings;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code schema}: prints a JSON schema of the language. */
@CommandLine.Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Prints the JSON schema of the runbook language, for editors.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook schema > runbook.schema.json",
            "  and as first line of a runbook:  # yaml-language-server: $$schema=runbook.schema.json",
            "  runbook schema --texts > runbook-texts.schema.json"
        })
final class SchemaCommand implements CommandTree.Command {
    private final Surroundings surroundings;

    @Option(
            names = "--texts",
            description = "Prints that of a runbook's texts in another language instead, such as failover.zh-TW.yaml.")
    private boolean texts;

    SchemaCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public ExitCode execute() {
        // JSON is UTF-8, whatever the console of this computer writes
        String schema = texts ? Library.textsSchema() : Library.schema();
        surroundings.out().writeBytes(schema.getBytes(StandardCharsets.UTF_8));
        surroundings.out().flush();
        return ExitCode.DONE;
    }
}
