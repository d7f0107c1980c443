/** Rules about what stands between braces. */
package dev.runbook.rule.tag;
