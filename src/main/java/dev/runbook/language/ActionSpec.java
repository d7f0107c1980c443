package dev.runbook.language;

import java.util.Optional;

/** What a step does, as written. */
public sealed interface ActionSpec {
    /**
     * One batch of T-SQL.
     *
     * @param server a variable of type sql-server
     * @param sql the batch
     */
    record Sql(Name server, Text sql) implements ActionSpec {}

    /**
     * A stored procedure; a return code other than 0 is a failure.
     *
     * @param server a variable of type sql-server
     * @param procedure its name, up to three parts
     * @param parameters by name, without {@code @}
     */
    record Procedure(Name server, Name procedure, Written.Fields parameters) implements ActionSpec {}

    /**
     * A cmdlet; its parameters are data, never script.
     *
     * @param cmdlet its name
     * @param parameters by name
     * @param shell a variable of type powershell, where there is more than one
     */
    record Cmdlet(Name cmdlet, Written.Fields parameters, Optional<Name> shell) implements ActionSpec {}

    /**
     * Copies the files that are missing at the target or differ there.
     *
     * @param from a folder
     * @param to a folder
     * @param include a pattern of names with {@code *} and {@code ?}
     * @param mayBeEmpty whether it is right that there is nothing to copy from
     */
    record CopyFiles(Text from, Text to, Text include, boolean mayBeEmpty) implements ActionSpec {}
}
