package dev.runbook.language;

import java.util.Optional;

/** Where the rows of a fact come from. */
public sealed interface FactSource {
    /**
     * A query that changes nothing.
     *
     * @param server a variable of type sql-server
     * @param sql one statement
     */
    record Query(Name server, Text sql) implements FactSource {}

    /**
     * A {@code Get-} or {@code Test-} cmdlet; a row is an object.
     *
     * @param cmdlet its name
     * @param parameters by name
     * @param shell a variable of type powershell, where there is more than one
     */
    record Cmdlet(Name cmdlet, Written.Fields parameters, Optional<Name> shell) implements FactSource {}

    /**
     * The files of a folder.
     *
     * @param pattern a folder, then a name with {@code *} and {@code ?}
     */
    record Files(Text pattern) implements FactSource {}

    /**
     * Whether something answers.
     *
     * @param target a variable of type sql-server or path
     */
    record Reachable(Name target) implements FactSource {}
}
