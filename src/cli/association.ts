/** How files called .obj are told from meshes and compilers' files, in an editor and in git. */

/** Which files are objectives, to VS Code and to git. */
export const ASSOCIATION = '**/objectives/**/*.obj';
/** What an editor calls the language. */
export const LANGUAGE_ID = 'rl-objective';
/** Over a rule that ignores compilers' files. */
export const GITIGNORE_LINE = '!objectives/**/*.obj';
/** Over a rule that gives meshes to LFS, and over what GitHub makes of the extension. */
export const GITATTRIBUTES_LINE =
  'objectives/**/*.obj text eol=lf diff merge -filter linguist-language=Swift -linguist-detectable';
