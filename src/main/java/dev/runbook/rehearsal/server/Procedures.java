package dev.runbook.rehearsal.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** All procedures that a simulated server knows. */
public final class Procedures {
    private static final List<Procedure> ALL = Stream.of(
                    JobProcedures.all(),
                    PrimaryProcedures.all(),
                    SecondaryProcedures.all(),
                    LockProcedures.all(),
                    WhoProcedure.all())
            .flatMap(List::stream)
            .toList();

    private Procedures() {}

    /** The names of all procedures, in the order of their kinds. */
    public static List<String> names() {
        return ALL.stream().map(Procedure::name).toList();
    }

    /**
     * The procedure that a name means.
     *
     * @param written up to three parts
     * @param database of the calling session; what lives in master is found from everywhere
     */
    public static Optional<Procedure> find(String written, String database) {
        String[] parts = written.toLowerCase(Locale.ROOT).split("\\.");
        String name = parts[parts.length - 1];
        String where = parts.length == 3 ? parts[0] : database.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(procedure -> procedure.name().equals(name))
                .filter(procedure -> procedure.database().equals("master")
                        || procedure.database().equals(where))
                .findFirst();
    }
}
