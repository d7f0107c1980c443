package dev.runbook.lint;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The schemas of others. They are not ours to ship, and lie beside the project where somebody has put them there. */
public final class OfficialSchemas {
    private static final Path FOLDER = Path.of(System.getenv().getOrDefault("RUNBOOK_TEST_SCHEMAS", "target/schemas"));

    private OfficialSchemas() {}

    /** Everything in a SARIF log that breaks the schema of OASIS; ends the test where the schema is not there. */
    public static List<String> mistakesOfSarif(String log) throws IOException {
        String schema = Files.readString(file("sarif-schema-2.1.0.json"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(schema, InputFormat.JSON)
                .validate(log, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** The file of that name; ends the test where it is not there, and says so. */
    static Path file(String name) {
        Path schema = FOLDER.resolve(name);
        if (!Files.exists(schema)) {
            System.err.println("NOT TESTED: " + schema + " is not there, so nothing was held against it.");
        }
        assumeThat(schema).exists();
        return schema;
    }
}
