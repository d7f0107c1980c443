package dev.runbook.rehearsal.scene.read;

import dev.runbook.rehearsal.scene.DatabaseSpec;
import dev.runbook.rehearsal.scene.ServerSpec;
import dev.runbook.rehearsal.scene.SessionSpec;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the servers of a scene and what is on them. */
final class ServerReader {
    private static final List<String> SERVER =
            List.of("name", "running", "version", "login", "encrypt", "agent", "databases", "sessions");
    private static final List<String> LOGIN = List.of("user", "password", "sysadmin", "refused");
    private static final List<String> AGENT = List.of("account", "running");
    private static final List<String> DATABASE = List.of("state", "family", "mirror", "took-over", "tables");
    private static final List<String> SESSION = List.of("program", "login", "host", "database", "system");
    private static final Map<String, DatabaseSpec.State> STATES = Map.of(
            "online", DatabaseSpec.State.ONLINE,
            "restoring", DatabaseSpec.State.RESTORING,
            "shipping", DatabaseSpec.State.SHIPPING,
            "shipped", DatabaseSpec.State.SHIPPED,
            "standby", DatabaseSpec.State.STANDBY);

    private final Mistakes mistakes;

    ServerReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** A server under its name in the scene. */
    ServerSpec server(ScalarNode id, Node node) {
        Entries entries = Entries.of(node, "a server", SERVER, mistakes);
        String name = entries.required("name");
        String version = entries.text("version").orElse("11.0.7001.0");
        if (!version.matches("\\d+(\\.\\d+){3}")) {
            mistakes.add(entries.get("version").orElse(node), "A version has four numbers, such as 11.0.7001.0.");
        }
        int slash = name.indexOf('\\');
        return new ServerSpec(
                id.value(),
                slash < 0 ? name : name.substring(0, slash),
                slash < 0 ? Optional.empty() : Optional.of(name.substring(slash + 1)),
                entries.truth("running", true),
                version,
                entries.get("login").map(this::login).orElse(new ServerSpec.Login("runbook", "", true, false)),
                entries.truth("encrypt", false),
                entries.get("agent").map(this::agent).orElse(new ServerSpec.Agent("NT SERVICE\\SQLSERVERAGENT", true)),
                List.copyOf(entries.map("databases", this::database).values()),
                entries.list("sessions", this::session));
    }

    private ServerSpec.Login login(Node node) {
        Entries entries = Entries.of(node, "a login", LOGIN, mistakes);
        return new ServerSpec.Login(
                entries.required("user"),
                entries.text("password").orElse(""),
                entries.truth("sysadmin", true),
                entries.truth("refused", false));
    }

    private ServerSpec.Agent agent(Node node) {
        Entries entries = Entries.of(node, "an agent", AGENT, mistakes);
        return new ServerSpec.Agent(entries.required("account"), entries.truth("running", true));
    }

    private DatabaseSpec database(ScalarNode name, Node node) {
        Entries entries = Entries.of(node, "a database", DATABASE, mistakes);
        return new DatabaseSpec(
                name.value(),
                entries.choice("state", STATES, DatabaseSpec.State.ONLINE),
                entries.text("family"),
                entries.text("mirror"),
                entries.truth("took-over", false),
                tables(entries));
    }

    /** Rows by table. */
    static Map<String, Long> tables(Entries entries) {
        return entries.map("tables", (key, value) -> entries.count(value));
    }

    private SessionSpec session(Node node) {
        Entries entries = Entries.of(node, "a session", SESSION, mistakes);
        return new SessionSpec(
                entries.required("program"),
                entries.required("login"),
                entries.text("host").orElse(""),
                entries.text("database").orElse("master"),
                entries.truth("system", false));
    }
}
