/** Rules about T-SQL that parses, and does not do what was meant. */
package dev.runbook.rule.sql;
