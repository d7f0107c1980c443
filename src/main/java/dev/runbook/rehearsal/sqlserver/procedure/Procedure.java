package dev.runbook.rehearsal.sqlserver.procedure;

import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.sqlserver.Execution;
import dev.runbook.rehearsal.sqlserver.Outcome;
import java.util.Arrays;
import java.util.List;

/**
 * A stored procedure of the system.
 *
 * @param database where it lives: {@code master} or {@code msdb}
 * @param name such as {@code sp_update_job}
 * @param parameters in the order in which they may be given without a name
 * @param administrators whether only administrators may call it
 * @param body what it does
 */
public record Procedure(String database, String name, List<Parameter> parameters, boolean administrators, Body body) {
    /** Copies the parameters. */
    public Procedure {
        parameters = List.copyOf(parameters);
    }

    /** Types of parameters, with the names that errors give them. */
    public enum Type {
        /** A text. */
        NVARCHAR,
        /** A whole number. */
        INT,
        /** 0 or 1. */
        BIT,
        /** An id. */
        UNIQUEIDENTIFIER
    }

    /**
     * A parameter.
     *
     * @param name without {@code @}
     * @param type to which values are converted
     * @param required whether it must be given
     */
    public record Parameter(String name, Type type, boolean required) {
        static Parameter needed(String name, Type type) {
            return new Parameter(name, type, true);
        }

        static Parameter optional(String name, Type type) {
            return new Parameter(name, type, false);
        }
    }

    /** What a procedure does. */
    @FunctionalInterface
    public interface Body {
        /** Does it. A failure makes the procedure return 1. */
        Outcome call(EstateState state, Arguments arguments, Execution execution);
    }

    /** One of msdb, for administrators. */
    static Procedure ofMsdb(String name, Body body, Parameter... parameters) {
        return new Procedure("msdb", name, Arrays.asList(parameters), true, body);
    }

    /** One of master, for administrators. */
    static Procedure ofMaster(String name, Body body, Parameter... parameters) {
        return new Procedure("master", name, Arrays.asList(parameters), true, body);
    }

    /** One of master, for everybody. */
    static Procedure forAll(String name, Body body, Parameter... parameters) {
        return new Procedure("master", name, Arrays.asList(parameters), false, body);
    }
}
