/** What other people's build servers are given: the commands in it are run, as far as that goes without those servers. */
package dev.runbook.ci;
