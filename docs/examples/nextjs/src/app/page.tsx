export { default } from "./therapies/page";
