package dev.runbook.process;

import dev.runbook.event.RunEvent;
import dev.runbook.journal.JournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sites with an estate each, all of them processes of their own, and the playbook of the examples, run by a real Ansible. */
final class Fleet implements AutoCloseable {
    /** The name of every run: one name is one night. */
    static final String NIGHT = "night";

    private static final Path EXAMPLE = Path.of("examples", "ansible").toAbsolutePath();
    private static final long PATIENCE = 600_000_000_000L;

    /** A step that asks stands between two effects. */
    private static final String RUNBOOK = Runbooks.twoBackups()
            .replace("title: The second\n", "title: The second\n    confirm: The second too?\n")
            .replace("{{run.id}} ", "");

    /** Whether an effect happened twice is asked of the estate itself. */
    private static final String AUDIT = """
        runbook: audit
        title: Nothing twice
        variables:
          backup_sql: {type: sql-server, description: the server}
        steps:
          - {step: 1, title: No backup twice, require: [the first at most once, the second at most once]}
        facts:
          the first at most once:
            server: backup_sql
            sql: SELECT COUNT(*) AS n FROM msdb.dbo.backupset WHERE name = N'one'
            expect: {n: {at-most: 1}}
          the second at most once:
            server: backup_sql
            sql: SELECT COUNT(*) AS n FROM msdb.dbo.backupset WHERE name = N'two'
            expect: {n: {at-most: 1}}
        """;

    private final Path folder;
    private final Map<String, Site> sites;

    private Fleet(Path folder, Map<String, Site> sites) {
        this.folder = folder;
        this.sites = sites;
    }

    /** A site: its estate, and the password there, which no output may show. */
    record Site(Drill estate, String password) {}

    /** Whether Ansible is here; says so where it is not. */
    static boolean isPossible() {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Path.of(place, "ansible-playbook").toFile().canExecute());
        if (!there) {
            System.err.println("ANSIBLE IS NOT HERE: examples/ansible is not tested.");
        }
        return there;
    }

    /**
     * Starts the estates.
     *
     * @param names of the sites
     * @param slow the sites whose backups take long
     * @param fails the sites whose servers refuse every backup
     */
    static Fleet start(Path folder, List<String> names, Predicate<String> slow, Predicate<String> fails)
            throws IOException {
        Map<String, Site> started = new ConcurrentHashMap<>();
        names.parallelStream()
                .forEach(name -> started.put(name, site(folder.resolve(name), slow.test(name), fails.test(name))));
        Map<String, Site> sites = new LinkedHashMap<>();
        names.forEach(name -> sites.put(name, started.get(name)));
        Fleet fleet = new Fleet(folder, sites);
        Files.writeString(folder.resolve("two.yaml"), RUNBOOK);
        Files.writeString(folder.resolve("inventory.yml"), fleet.inventory());
        return fleet;
    }

    private static Site site(Path folder, boolean slow, boolean fails) {
        try {
            Files.createDirectories(folder);
            Drill drill = Drill.start(
                    folder,
                    "dc1-lost",
                    new Drill.Pace(slow ? "12s" : "1s", "30ms"),
                    scene -> fails
                            ? scene + "\nfaults:\n  - {at: 'BACKUP DATABASE*', do: error-before, times: 99}\n"
                            : scene);
            String password = drill.password();
            Path site = folder.resolve("site.yaml");
            // the password comes through the playbook, to a file of that name
            Files.writeString(
                    site,
                    Files.readString(site)
                            .replaceAll("password: \\{file: '[^']*'}", "password: {file: '" + folder + "/password'}"));
            drill.write("audit.yaml", AUDIT);
            return new Site(drill, password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String inventory() {
        String command = Program.line().stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
        StringBuilder text = new StringBuilder("all:\n  children:\n    sites:\n      hosts:\n");
        sites.forEach((name, site) -> text.append("        ")
                .append(name)
                .append(": {runbook_password: '")
                .append(site.password())
                .append("'}\n"));
        return text.append("""
                  vars:
                    ansible_connection: local
                    ansible_python_interpreter: "{{ ansible_playbook_python }}"
                    runbook_command: [%s]
                    runbook_id: %s
                    runbook_file: '%s/two.yaml'
                    runbook_runs: "%s/{{ inventory_hostname }}/runs"
                    runbook_site: "%s/{{ inventory_hostname }}/site.yaml"
                    runbook_password_file: "%s/{{ inventory_hostname }}/password"
                    runbook_poll: 2
                    runbook_delay: 3
            """.formatted(command, NIGHT, folder, folder, folder, folder))
                .toString();
    }

    /**
     * Runs the playbook, as a computer of that name would that has nothing but the inventory.
     *
     * @param controller the name
     * @param more arguments
     */
    Program play(String controller, List<String> more) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home-" + controller));
        List<String> line = new ArrayList<>(List.of(
                "env",
                "ANSIBLE_HOME=" + home,
                "ANSIBLE_ASYNC_DIR=" + home.resolve("async"),
                "USER=" + controller,
                "LC_ALL=C.UTF-8",
                "ANSIBLE_CONFIG=" + EXAMPLE.resolve("ansible.cfg"),
                "ansible-playbook",
                "-i",
                folder.resolve("inventory.yml").toString(),
                EXAMPLE.resolve("failover.yml").toString()));
        line.addAll(more);
        return Program.start(home, line);
    }

    /** Keeps what a playbook printed, where somebody can read it after the test. */
    static void keep(String name, Program playbook) throws IOException {
        Files.writeString(Files.createDirectories(Path.of("target", "fleet")).resolve(name), playbook.printed());
    }

    /** Writes approvals, a line each. */
    Path approvals(List<String> lines) throws IOException {
        return Files.writeString(
                folder.resolve("approvals.yml"),
                lines.stream()
                        .map(line -> "  - " + line + "\n")
                        .collect(Collectors.joining("", "runbook_approvals:\n", "")));
    }

    Site site(String name) {
        return sites.get(name);
    }

    Path run(String name) {
        return folder.resolve(name).resolve("runs").resolve(NIGHT);
    }

    /** What the journal of a site says so far; nothing while it cannot be read. */
    List<RunEvent> events(String name) {
        boolean whole = Files.exists(run(name).resolve("journal.jsonl"))
                && new JournalReader().read(run(name).resolve("journal.jsonl")) instanceof JournalReader.Result.Whole;
        return whole ? Drill.events(run(name)) : List.of();
    }

    /** The id of the question at which a site waits. */
    String question(String name) {
        List<RunEvent> events = events(name);
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i) instanceof RunEvent.QuestionAsked asked) {
                return asked.asked().orElseThrow().id();
            }
        }
        throw new AssertionError(name + " asks nothing: " + events);
    }

    /** The processes that work on the run of a site. */
    List<ProcessHandle> processes(String name) {
        String runs = run(name).getParent().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.endsWith("java"))
                        .isPresent())
                .filter(process -> Stream.of(process.info().arguments().orElse(new String[0]))
                        .anyMatch(runs::equals))
                .toList();
    }

    /** Watches how much memory the runs take. */
    Memory watch() {
        return new Memory();
    }

    /** How much memory each process that works on a run took at most, as Linux tells. */
    final class Memory implements AutoCloseable {
        private static final Pattern MOST = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

        private final Map<Long, Long> most = new ConcurrentHashMap<>();
        private final Thread watcher = new Thread(this::look, "memory");

        private Memory() {
            watcher.setDaemon(true);
            watcher.start();
        }

        private void look() {
            try {
                while (true) {
                    sites.keySet().stream()
                            .flatMap(name -> processes(name).stream())
                            .forEach(this::look);
                    Thread.sleep(200);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void look(ProcessHandle process) {
            try {
                Matcher found = MOST.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
                if (found.find()) {
                    most.merge(process.pid(), Long.parseLong(found.group(1)) / 1024, Math::max);
                }
            } catch (IOException e) {
                // it has ended, or this is no Linux
                return;
            }
        }

        /** The least and the most of them. */
        String megabytes() {
            LongSummaryStatistics all =
                    most.values().stream().mapToLong(size -> size).summaryStatistics();
            return all.getCount() == 0 ? "not known" : all.getMin() + " to " + all.getMax();
        }

        @Override
        public void close() {
            watcher.interrupt();
        }
    }

    /** Ends a playbook with all that it started here, as a power cut of its computer would; runs are no children of it. */
    static void cut(Program playbook) {
        playbook.close();
        playbook.end();
    }

    /** Waits for the end of a playbook: on a busy machine it takes minutes. */
    static Program.Ended end(Program playbook) {
        until("the playbook ends", () -> !playbook.isAlive());
        return playbook.end();
    }

    /** Waits until something is so. */
    static void until(String what, BooleanSupplier so) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not so in time: " + what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** How each site stands, as the table at the end of a playbook says. */
    Map<String, String> table(String printed) {
        Map<String, String> table = new LinkedHashMap<>();
        int heading = printed.indexOf("how it stands    step");
        if (heading < 0) {
            throw new AssertionError("No table:\n" + printed);
        }
        printed.substring(heading)
                .lines()
                .map(String::strip)
                .filter(line -> sites.containsKey(line.split(" ", 2)[0]))
                .filter(line -> !line.contains("ok="))
                .forEach(line -> table.putIfAbsent(
                        line.split(" ", 2)[0],
                        line.substring(13, Math.min(30, line.length())).strip().toLowerCase(Locale.ROOT)));
        return table;
    }

    @Override
    public void close() {
        sites.keySet().forEach(name -> processes(name).forEach(ProcessHandle::destroyForcibly));
        sites.values().forEach(site -> site.estate().close());
    }
}
