/** Reading Helm releases from where Helm keeps them. */
@NullMarked
package io.cnishift.adapters.helm;

import org.jspecify.annotations.NullMarked;
