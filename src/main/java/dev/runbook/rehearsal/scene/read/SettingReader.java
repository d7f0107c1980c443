package dev.runbook.rehearsal.scene.read;

import dev.runbook.rehearsal.scene.ComputerSpec;
import dev.runbook.rehearsal.scene.LogShippingSpec;
import dev.runbook.rehearsal.scene.PoolSpec;
import dev.runbook.rehearsal.scene.Setting;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads servers, log shippings, pool and computers: of a scene's start, or of a transition. */
final class SettingReader {
    /** The keys that it reads. */
    static final List<String> KEYS = List.of("servers", "log-shipping", "pool", "computers");

    private static final List<String> SHIPPING = List.of(
            "database",
            "primary",
            "secondary",
            "share",
            "copy-folder",
            "known-to",
            "backup-job",
            "copy-job",
            "restore-job",
            "tables",
            "log-backups",
            "last",
            "copied",
            "applied",
            "unsaved",
            "half-written",
            "decoys");
    private static final List<String> POOL = List.of("fqdn", "state", "active", "inactive", "databases");
    private static final List<String> POOL_DATABASES = List.of("primary", "mirror", "backup", "backup-mirror");
    private static final List<String> COMPUTER = List.of("running", "services");
    private static final Map<String, LogShippingSpec.Sides> SIDES = Map.of(
            "both", LogShippingSpec.Sides.BOTH,
            "primary", LogShippingSpec.Sides.PRIMARY,
            "secondary", LogShippingSpec.Sides.SECONDARY,
            "nobody", LogShippingSpec.Sides.NONE);

    private static final PoolSpec.Databases NOWHERE =
            new PoolSpec.Databases("", Optional.empty(), "", Optional.empty());

    private final Mistakes mistakes;

    SettingReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** What stands under the keys of a setting. */
    Setting setting(Entries entries) {
        ServerReader servers = new ServerReader(mistakes);
        return new Setting(
                List.copyOf(entries.map("servers", servers::server).values()),
                entries.list("log-shipping", this::logShipping),
                entries.get("pool").map(this::pool),
                List.copyOf(entries.map("computers", this::computer).values()));
    }

    private LogShippingSpec logShipping(Node node) {
        Entries entries = Entries.of(node, "a log shipping", SHIPPING, mistakes);
        String database = entries.required("database");
        if (entries.get("copied").isPresent() && entries.get("copy-folder").isEmpty()) {
            mistakes.add(node, "Copied log backups need a \"copy-folder\".");
        }
        return new LogShippingSpec(
                database,
                entries.required("primary"),
                entries.required("secondary"),
                entries.required("share"),
                entries.text("copy-folder"),
                entries.choice("known-to", SIDES, LogShippingSpec.Sides.BOTH),
                entries.text("backup-job").orElse("LSBackup_" + database),
                entries.text("copy-job").orElse("LSCopy_" + database),
                entries.text("restore-job").orElse("LSRestore_" + database),
                ServerReader.tables(entries),
                files(entries));
    }

    private LogShippingSpec.Files files(Entries entries) {
        LogShippingSpec.Files files = new LogShippingSpec.Files(
                entries.number("log-backups", 0),
                entries.ago("last", Duration.ofMinutes(15)),
                entries.number("copied", 0),
                entries.number("applied", 0),
                entries.number("unsaved", 0),
                entries.truth("half-written", false),
                entries.truth("decoys", false));
        if (files.copied() > files.logBackups() || files.applied() > files.copied()) {
            mistakes.add(
                    entries.get("log-backups").orElse(entries.node()),
                    "No more log backups can be applied than were copied, or copied than there are.");
        }
        return files;
    }

    private PoolSpec pool(Node node) {
        Entries entries = Entries.of(node, "a pool", POOL, mistakes);
        return new PoolSpec(
                entries.required("fqdn"),
                entries.choice("state", Map.of("Normal", false, "FailedOver", true), false),
                entries.texts("active"),
                entries.texts("inactive"),
                entries.needed("databases").map(this::databases).orElse(NOWHERE));
    }

    private PoolSpec.Databases databases(Node node) {
        Entries entries = Entries.of(node, "the databases of a pool", POOL_DATABASES, mistakes);
        return new PoolSpec.Databases(
                entries.required("primary"),
                entries.text("mirror"),
                entries.required("backup"),
                entries.text("backup-mirror"));
    }

    private ComputerSpec computer(ScalarNode fqdn, Node node) {
        Entries entries = Entries.of(node, "a computer", COMPUTER, mistakes);
        Map<String, Boolean> services = entries.map("services", (name, state) -> running(entries, state));
        return new ComputerSpec(fqdn.value(), entries.truth("running", true), services);
    }

    private boolean running(Entries entries, Node state) {
        String word = entries.scalar(state).orElse("Stopped");
        if (!word.equals("Running") && !word.equals("Stopped")) {
            mistakes.add(state, "A service is Running or Stopped, not \"" + word + "\".");
        }
        return word.equals("Running");
    }
}
