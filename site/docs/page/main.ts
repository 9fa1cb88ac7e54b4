import './docs.css';
import { filterTables } from './filterTables.ts';
import { offerSearch } from './search.ts';

filterTables(document);
offerSearch(document);
