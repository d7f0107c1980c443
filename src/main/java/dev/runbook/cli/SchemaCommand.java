package dev.runbook.cli;

import dev.runbook.library.Library;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
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
    private final CliContext context;

    @Option(
            names = "--texts",
            description = "Prints that of a runbook's texts in another language instead, such as failover.zh-TW.yaml.")
    private boolean texts;

    SchemaCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        // JSON is UTF-8, whatever the console of this computer writes
        String schema = texts ? Library.textsSchema() : Library.schema();
        context.out().writeBytes(schema.getBytes(StandardCharsets.UTF_8));
        context.out().flush();
        return ExitCode.DONE;
    }
}
