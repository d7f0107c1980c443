package dev.runbook.rehearsal.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All relations that a simulated server has, by name. */
final class Relations {
    private static final Map<String, Relation<?>> SERVER =
            byName(Stream.of(ServerRelations.all(), SessionRelations.all()));
    private static final Map<String, Relation<?>> MSDB =
            byName(Stream.of(AgentRelations.all(), BackupRelations.all(), LogShippingRelations.all()));

    private Relations() {}

    /** The relation of that name; empty when a server has none, or has no such database. */
    static Optional<Relation<?>> find(RelationName name, CatalogView view) {
        if (view.databaseId(name.database()).isEmpty()) {
            return Optional.empty();
        }
        if (name.schema().equals("sys")) {
            return ofSys(name);
        }
        return name.database().equals("msdb") ? Optional.ofNullable(MSDB.get(name.table())) : Optional.empty();
    }

    private static Optional<Relation<?>> ofSys(RelationName name) {
        Relation<?> found = SERVER.get(name.table());
        return found != null
                ? Optional.of(found)
                : ServerRelations.DatabaseRelations.all(name.database()).stream()
                        .filter(relation -> relation.name().equals(name.table()))
                        .findFirst();
    }

    private static Map<String, Relation<?>> byName(Stream<List<Relation<?>>> groups) {
        return groups.flatMap(List::stream).collect(Collectors.toUnmodifiableMap(Relation::name, Function.identity()));
    }
}
