/** The commands: thin classes, each calling one method of the engine. Start at {@link io.cnishift.cli.command.Cnishift}. */
@NullMarked
package io.cnishift.cli.command;

import org.jspecify.annotations.NullMarked;
