/** The pieces of core-js change the language itself and give nothing. */
declare module 'core-js/actual/*';
