package dev.runbook.architecture.culprit.engine;

import com.github.mustachejava.DefaultMustacheFactory;
import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import com.networknt.schema.SchemaRegistry;
import dev.runbook.architecture.culprit.cli.Command;
import dev.runbook.architecture.culprit.endpoint.sql.Server;
import dev.runbook.architecture.culprit.rehearsal.Estate;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.commons.exec.CommandLine;
import org.h2.Driver;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Does everything that is not allowed. */
public final class Offender {
    private static int count;
    private static final ThreadLocal<String> NAME = new ThreadLocal<>();

    @Option(names = "--x")
    private String option;

    private Yaml yaml;
    private SchemaRegistry schemas;
    private DefaultMustacheFactory factory;
    private CommandLine line;
    private Connection connection;
    private DataSource source;
    private SQLServerDriver driver;
    private Driver relations;
    private JsonNode node;
    private Command command;
    private Server server;
    private Estate estate;

    /** Breaks rules. */
    public Instant run() throws Exception {
        try {
            count++;
            NAME.remove();
            Thread.sleep(count);
        } catch (Exception e) {
            System.out.println(UUID.randomUUID());
        }
        return Instant.now();
    }
}
