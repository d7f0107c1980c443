package dev.runbook.fact;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.event.Finding;
import dev.runbook.template.Scope;

/** Something for which a question is asked or an action is run. */
public sealed interface Each {
    /** Nothing in particular: once. */
    record Once() implements Each {
        @Override
        public Scope in(Scope scope) {
            return scope;
        }

        @Override
        public Row columns() {
            return Row.EMPTY;
        }
    }

    /** A row of a fact: {@code {{each.column}}}. */
    record OfRow(Row row) implements Each {
        @Override
        public Scope in(Scope scope) {
            return scope.withEach(row);
        }

        @Override
        public Row columns() {
            return row;
        }
    }

    /** An item of a list variable: {@code {{each}}}. */
    record OfItem(Value item, boolean path) implements Each {
        @Override
        public Scope in(Scope scope) {
            return scope.withEach(item, path);
        }

        @Override
        public Row columns() {
            return Row.EMPTY;
        }
    }

    /** The scope in which {@code each} names it. */
    Scope in(Scope scope);

    /** A mismatch that says for which item of a list it is; a row of a fact carries its own columns. */
    default Finding.Mismatch named(Finding.Mismatch mismatch) {
        return this instanceof OfItem item
                ? new Finding.Mismatch(
                        item.item().text() + ": " + mismatch.column(), mismatch.found(), mismatch.wanted())
                : mismatch;
    }

    /** The columns that it carries into the answers. */
    Row columns();
}
